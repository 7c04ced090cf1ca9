"""The words with which a receptionist may tell anything: none of them says by itself that a thing
is booked, sent, offered or true of the business.

What is not here has to be the business's own word, a tool's or the caller's, or the store has to
back it. A missing word costs a caller one true sentence in place of another; a word too many lets
a lie through. So verbs are here in those forms alone in which they settle nothing: "book", never
"booked".
"""

from __future__ import annotations

_SMALL = """
a an the this that these those my your his her its our their mine ours theirs i me you he
him she it we us they them myself yourself himself herself itself ourselves themselves who whom
whose which what when where why how whatever whichever whenever wherever and or but if because so
than then as at by for from in into of off on onto out over to under up with without within about
after before between during until till since per via through against along around across among
above below behind beside besides near next except like unlike despite while although though
whether unless once am is are was were be been being do does did doing have has had having can
could may might must shall should will would ought not no nor never cannot neither nothing nobody
none yes yeah yep nope okay ok alright oh ah um hmm well there here now just also too only even
still yet already again ever always often usually normally sometimes rarely very really quite
rather pretty fairly too so such much many more most less least few several enough lot lots bit
little any anyone anybody anything some someone somebody something every everyone everybody
everything each both either all half another other others else same own one ones maybe perhaps
possibly probably likely certainly definitely surely absolutely exactly actually simply currently
instead anyway otherwise however therefore thus indeed especially generally mostly almost nearly
about roughly approximately together apart away back down upon ago etc am's et o'clock am pm got
get gets getting gotten go goes going gone come comes coming ll let lets want wants wanted need
needs needed wish wishes afraid than hence twice o clock
"""
_TIMES = """
time times day days date dates week weeks month months year years hour hours minute minutes moment
moments second seconds today tonight tomorrow yesterday morning mornings afternoon afternoons
evening evenings night noon midday midnight weekend weekends weekday weekdays monday mondays
tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday
sundays january february march april june july august september october november december early
earlier earliest late later latest soon sooner soonest first last next previous following third
fourth fifth long longer short shorter quick quickly meantime while quarter past daytime
"""
_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
thousand single double couple pair dozen number numbers digit digits letter letters dollars dollar
cents pounds pound pence euros euro
"""
_TALK = """
hello hi hey goodbye bye good great fine perfect lovely wonderful excellent fantastic brilliant
super splendid terrific awesome nice nicely kind kindly sure sorry apologies apologise apologize
apology thank thanks thanking cheers welcome please pleased pleasure glad happy happily gladly
delighted problem problems worry worries trouble bother bothering rush hurry luck lucky matter
matters mind course indeed understood understand understanding understandable understandably see
saw seen know knows knew known think thinks thought believe guess suppose imagine appreciate
appreciated hear heard hearing hope hopes hoping hopefully feel feels feeling better best worse bad
tough hard difficult difficulty easy easier easily rough unpleasant uncomfortable annoying
frustrating stressful worrying nervous anxious scary painful pain hurt hurts hurting sore ache
aches ill sick unwell poorly flu cold fever tired awful dreadful terrible horrible shame pity fun
funny congratulations bless dear goodness gosh wow oops ha fair enough point correct correctly
right wrong true clear clearly loud line lines mistake mistaken mistakes confused confusing
confusion catch caught miss missed missing repeat repeated again slowly slower louder speak
speaking spoke spell spelled spelling pronounce say says said saying tell tells telling told talk
talking ask asks asking asked answer answers answering question questions mention mentioned
mentioning mean means meant word words call calls calling caller patience patient bear stay hang
wait waiting holding pardon excuse honest honestly frankly truth personally forget forgot
remember remembered remind information info detail details fact idea clue case situation reason
sense sounds sound sounded looks look looked looking seem seems seemed shall perfectly totally
completely entirely careful safe safely enjoy rest weather lot regards sir madam maam ma'am folks
everybody buddy love loved lover likes liked prefer preferred preference choose choosing chose
chosen choice choices option options pick picked decide decided deciding decision hesitate
sweet sweetie honey beautiful gorgeous cool neat swell smashing marvellous marvelous glorious
fabulous super-duper yay hooray alas unfortunately luckily fortunately obviously naturally
basically frankly gladly warmly sincerely take takes taking care minute your self thing things
kinds kind sort sorts part parts way ways lot side start starts started starting begin begins end
ends ending finish finishes mr mrs ms miss dr doctor tricky normal natural common popular usual
quiet busy fit suit suits suited suitable convenient convenience work works working worked fits
help helps helped helping helpful assist assistance assistant automated computer machine robot
human virtual digital real person people live bot voice phone telephone surname name names full
middle given-name call family friend child children kid kids son daughter mother father mum mom dad
husband wife partner parent baby yourself birthday reference references code number correct last
"""
_FEELINGS = """
able absolutely accent accurate ached aching advance advice afterwards agree agreed ahead alone
amount anger angry annoyed anxiety anxious apologising appealing appropriate area arm ask attention
aware background barely bear became become becomes begin bet beyond bigger bits blame bleed bleeding
body bored boring bottom breath breathe breathing brief briefly bright broken brush busier calm
calmly caring caused causes causing cavity certain chance chances chat cheer cheerful chest chill
choosy city clever click clock coincidence cold comfort comfortable comforting coming common concern
concerns connection consider considerate cough coughing country couldnt
counting coping crazy curious cut cutting dealing decent deep deeply delay delicate
describe described describing desired details devastating difference digest digit disappear
disappointed disappointing discomfort discuss distress distressing dizzy dodgy doubt dream ear ears
earache echo echoing eager effort elbow elderly emotional emotions ending energy enormously error
errors everyday excited exciting exhausting expected experience explain explained explaining
expression extremely eye eyes face failed failing faint faith familiar fast faster favour favor
favourite favorite fear feedback feeling feelings feet fell fever fewer fifty-fifty figure
finger fingers flexible flow foot frightening frustrated frustration further generous
gentle gently genuinely gets glitch grateful greatly greet grown guide gum gums guys habit hand
handful hands handy happening hassle head headache headaches health healthy heart heavy heel heels
hesitation hiccup hip hit honor honour hot hungry ideal ideally imagine immediately impression
improve inconvenience inconvenient inconveniences infection injured injury interest interested
interesting interrupt interrupted interruption introduce issue issues itch itchy jaw jump keen knee
knees language laugh leg legs level lift listen listened live local logical lose losing lost loose
louder luckier mad main managed manageable mate maybe measure medicine meantime mess
middle migraine mild mishear misheard missing misunderstood misunderstanding mixed mix mood
mouth muscle muscles name nasty nausea neck nerves nerve nobody noise noisy normally nothing notice
nuisance obvious occasion odd older ones opinion opportunity ordinary original ouch overwhelming
pace pains panic pardon particularly passing patiently pause peace peaceful perfect period phrase
picture pinch pity please plenty polite politely poor popular position positive practical precise
precisely preferable pregnant pressing pressure previously process proper properly proud puzzled
quarter-hour quieter quote random rapid rash rare rarely reach reached reaching realise
realised realize realized reassure reassuring recall recent recently recognise recognised recognize
recognized recovery regard related relax relaxed relief relieved rely reschedule respect respond
restart retry rid rough running sad sadly safe sensible sensitive serious
seriously severe shaken shape share shoulder shoulders sight silly sincere sleep slight
slightly slip-up smart smile smooth smoothly sneezing soft solve sometime soothing sore soreness
sorting sound special speed speedy spine splendid spot-on spring stands static step steps stiff
stomach story strange stress stressed strong struggle struggling subject suddenly suffer suffering
suitable summer summer winter autumn fall spring sunny sunshine supposed surprise surprised
surprising swelling swollen sympathy symptom symptoms takes task technical tempting tense terribly
therapy thorough thoroughly thoughtful thoughts throat throbbing tight tiny tiring title toe toes
tone tongue tooth toothache toothaches topic touch-up town traffic true trust try tune twist type
types typically ugh unclear under understandably unfamiliar unfortunate unlucky unsure until unusual
upset upsetting urgent urgently useful useless vague valuable version volume vomiting vote warm warn
watch weak weird welcoming whichever whole wise wishing wonder wondering wondered wording worked
worn worried worrisome worth worthwhile wrist wrongly yawn younger
"""
_AFFAIRS = """
appointment appointments booking bookings visit visits visiting session sessions slot slots spot
spots opening openings gap gaps availability available free open opened opens close closes closed
shut book cancel cancelling reschedule move change changes changing moving switch booking schedule
rescheduling find finding found check checks checked checking search searched searching try tries
trying tried use used using read reading give gives giving bring brings pull pulling bringing double show
shows showing list listed offer offers offering offered suggest suggestion suggested recommend
calendar diary business office clinic practice place location address street staff team
provider providers service services price prices pricing cost costs hours front desk reception
receptionist dentist hygienist nurse stylist mechanic specialist colleague colleagues receipt
request requests wanted look-up record records file detail sign signed under
exact exactly specific particular general different similar alternative alternatively
possible possibly impossible able unable ready willing important necessary required require
requires included including regarding concerning related based depending depends certain
certainly entire whole extra additional further plus minus total average range
make makes making keep keeps keeping put puts run runs turn turns happen happens
provide provides leave leaving reach lasts last lasting allow allows let say accept accepts
perform performs treat treats handle handles cover covers see sees seeing meet meets join
somewhere anywhere nowhere home school job lunch lunchtime breakfast dinner holiday holidays
vacation trip travel drive walk arrive arrives arriving enter entrance door floor building road
street corner ground
new old existing current regular returning patients customers customer clients client guest guests
adult adults age ages older younger woman man women men girl boy
forward ahead top list bottom half-hour hour-long minute-long straight separate
proceed continue confirm verify cancellation cancellations hold dial transfer noted located unavailable unsuccessful amazing
pleasant requested books schedule list agenda system roster planner register wider remains double-check clarify correct adjust update fix sort handle arrange
set-up setup finalise finalize complete reserve begin note assume expect believe
"""


_OF_US = """
cost costs pay pays paying paid-for
see seeing look looking find finding help check try talk take takes taking give show
offer offers do does have has need needs require requires accept accepts provide provides come
coming welcome welcomes book booking move cancel change reschedule transfer confirm start finish
know think hope love like want happy glad afraid sorry appreciate apologise apologize understand
closed close closes open opens opening shut busy quiet free available availability time times
option options choice choices slot slots spot spots gap gaps appointment appointments booking
bookings visit visits service services price prices name names number numbers detail details
calendar schedule diary book books business office clinic practice place provider providers people
person sure fine good great perfect right ready able possible possible else anything something
nothing thing things work works working fit fits suit suits choose pick go going get getting got
find found searched looked checked run runs offered list listed records record file mr mrs ms dr
hello hi okay wait hold let us please thank thanks yes no well side end moment question questions
phone line call calling talking speaking question answer different another exact exactly nearly
almost perform performs handle handles speak put keep say tell hear bring read forward side treat provide new team staff desk found
"""


def _of(*lists: str) -> frozenset[str]:
    return frozenset(word for each in lists for word in each.split())


WORDS_OF_US = _of(_SMALL, _TIMES, _NUMBERS, _OF_US)
"""Of ourselves and of the business less may be told: what it has, takes and does is for the
business to say."""
PLAIN_WORDS = _of(_SMALL, _TIMES, _NUMBERS, _TALK, _FEELINGS, _AFFAIRS)
