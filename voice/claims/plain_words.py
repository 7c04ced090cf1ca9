"""The words with which a receptionist may tell anything: none of them says by itself that a thing
is booked, sent, offered or true of the business.

What is not here has to be the business's own word, a tool's or the caller's, or the store has to
back it. A missing word costs a caller one true sentence in place of another; a word too many lets
a lie through. So verbs are here in those forms alone in which they settle nothing: "book", never
"booked".
"""

from __future__ import annotations

_SMALL = """
a an the this that these those my your his her its our their mine ours theirs i me you he him she it
we us they them myself yourself himself herself itself ourselves themselves who whom whose which
what when where why how whatever whichever whenever wherever and or but if because so than then as
at by for from in into of off on onto out over to under up with without within about after before
between during until till since per via through against along around across among above below behind
beside besides near next except like unlike despite while although though whether unless once am is
are was were be been being do does did doing have has had having can could may might must shall
should will would ought not no nor never cannot neither nothing nobody none yes yeah yep nope okay
ok alright oh ah um hmm well there here now just also too only even still yet already again ever
always often usually normally sometimes rarely very really quite rather pretty fairly such much many
more most less least few several enough lot lots bit little any anyone anybody anything some someone
somebody something every everyone everybody everything each both either all half another other
others else same own one ones maybe perhaps possibly probably likely certainly definitely surely
absolutely exactly actually simply currently instead anyway otherwise however therefore thus indeed
especially generally mostly almost nearly roughly approximately together apart away back down upon
ago etc o'clock pm got get gets getting gotten go goes going gone come comes coming let lets want
wants wanted need needs needed wish wishes afraid hence twice o clock
"""
_TIMES = """
time times day days date dates week weeks month months year years hour hours minute minutes moment
moments second seconds today tonight tomorrow yesterday morning mornings afternoon afternoons
evening evenings night noon midday midnight weekend weekends weekday weekdays monday mondays tuesday
tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday sundays
january february march april june july august september october november december early earlier
earliest late later latest soon sooner soonest first last previous following third fourth fifth long
longer short shorter quick quickly meantime quarter past daytime
"""
_NUMBERS = """
zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
single double couple pair dozen number numbers digit digits letter letters dollars dollar cents
pounds pound pence euros euro
"""
_TALK = """
nearest stay stays went clock clocks exist exists notice called listening far hello hi hey goodbye
bye good great fine perfect lovely wonderful excellent fantastic brilliant super splendid terrific
awesome nice nicely kind kindly sure sorry apologies apologise apologize apology thank thanks
thanking cheers welcome please pleased pleasure glad happy happily gladly delighted problem problems
worry worries trouble bother bothering rush hurry luck lucky matter matters mind course understood
understand understanding understandable understandably see saw seen know knows knew known think
thinks thought believe guess suppose imagine appreciate appreciated hear heard hearing hope hopes
hoping hopefully feel feels feeling better best worse bad tough hard difficult difficulty easy
easier easily rough unpleasant uncomfortable annoying frustrating stressful worrying nervous anxious
scary painful pain hurt hurts hurting sore ache aches ill sick unwell poorly flu cold fever tired
awful dreadful terrible horrible shame pity fun funny congratulations bless dear goodness gosh wow
oops ha fair point correct correctly right wrong true clear clearly loud line lines mistake mistaken
mistakes confused confusing confusion catch caught miss missed missing repeat repeated slowly slower
louder speak speaking spoke spell spelled spelling pronounce say says said saying tell tells telling
told talk talking ask asks asking asked answer answers answering question questions mention
mentioned mentioning mean means meant word words call calls calling caller patience patient bear
hang wait waiting holding pardon excuse honest honestly frankly truth personally forget forgot
remember remembered remind information info detail details fact idea clue case situation reason
sense sounds sound sounded looks look looked looking seem seems seemed perfectly totally completely
entirely careful safe safely enjoy rest weather regards sir madam maam ma'am folks buddy love loved
lover likes liked prefer preferred preference choose choosing chose chosen choice choices option
options pick picked decide decided deciding decision hesitate sweet sweetie honey beautiful gorgeous
cool neat swell smashing marvellous marvelous glorious fabulous yay hooray alas unfortunately
luckily fortunately obviously naturally basically warmly sincerely take takes taking care self thing
things kinds sort sorts part parts way ways side start starts started starting begin begins end ends
ending finish finishes mr mrs ms dr doctor tricky normal natural common popular usual quiet busy fit
suit suits suited suitable convenient convenience work works working worked fits help helps helped
helping helpful assist assistance assistant automated computer machine robot human virtual digital
real person people live bot voice phone telephone surname name names full middle family friend child
children kid kids son daughter mother father mum mom dad husband wife partner parent baby birthday
reference references code english
"""
_FEELINGS = """
directly able accent accurate ached aching advance advice afterwards agree agreed ahead alone amount
anger angry annoyed anxiety apologising appealing appropriate area arm attention autumn aware
background barely became become becomes bet beyond bigger bits blame bleed bleeding body bored
boring bottom breath breathe breathing brief briefly bright broken brush busier calm calmly caring
caused causes causing cavity certain chance chances chat cheer cheerful chest chill choosy city
clever click coincidence comfort comfortable comforting concern concerns connection consider
considerate coping cough coughing couldnt counting country crazy curious cut cutting dealing decent
deep deeply delay delicate describe described describing desired devastating difference digest
disappear disappointed disappointing discomfort discuss distress distressing dizzy dodgy doubt dream
eager ear earache ears echo echoing effort elbow elderly emotional emotions energy enormously error
errors everyday excited exciting exhausting expected experience explain explained explaining
expression extremely eye eyes face failed failing faint faith fall familiar fast faster favor
favorite favour favourite fear feedback feelings feet fell fewer fifty-fifty figure finger fingers
flexible flow foot frightening frustrated frustration further generous gentle gently genuinely
glitch grateful greatly greet grown guide gum gums guys habit hand handful hands handy hassle head
headache headaches health healthy heart heavy heel heels hesitation hiccup hip hit honor honour hot
hungry ideal ideally immediately impression improve inconvenience inconveniences inconvenient
infection injured injury interest interested interesting interrupt interrupted interruption
introduce issue issues itch itchy jaw jump keen knee knees language laugh leg legs level lift listen
listened local logical loose lose losing lost luckier mad main manageable managed mate measure
medicine mess migraine mild mishear misheard misunderstanding misunderstood mix mixed mood mouth
muscle muscles nasty nausea neck nerve nerves noise noisy notice nuisance obvious occasion odd older
opinion opportunity ordinary original ouch overwhelming pace pains panic particularly passing
patiently pause peace peaceful period phrase picture pinch plenty polite politely poor position
positive practical precise precisely preferable pregnant pressing pressure previously process proper
properly proud puzzled quieter quote random rapid rare rash reach reached reaching realise realised
realize realized reassure reassuring recall recent recently recognise recognised recognize
recognized recovery regard related relax relaxed relief relieved rely reschedule respect respond
restart retry rid running sad sadly sensible sensitive serious seriously severe shaken shape share
shoulder shoulders sight silly sincere sleep slight slightly slip-up smart smile smooth smoothly
sneezing soft solve sometime soothing soreness sorting special speed speedy spine spring stands
static step steps stiff stomach story strange stress stressed strong struggle struggling subject
suddenly suffer suffering summer sunny sunshine supposed surprise surprised surprising swelling
swollen sympathy symptom symptoms task technical tempting tense terribly therapy thorough thoroughly
thoughtful thoughts throat throbbing tight tiny tiring title toe toes tone tongue tooth toothache
toothaches topic touch-up town traffic trust try tune twist type types typically ugh unclear
unfamiliar unfortunate unlucky unsure unusual upset upsetting urgent urgently useful useless vague
valuable version volume vomiting vote warm warn watch weak weird welcoming whole winter wise wishing
wonder wondered wondering wording worn worried worrisome worth worthwhile wrist wrongly yawn younger
"""
_AFFAIRS = """
appointment appointments booking bookings visit visits visiting session sessions slot slots spot
spots opening openings gap gaps availability available free open opened opens close closes closed
shut book cancel cancelling move change changes changing moving switch schedule rescheduling find
finding found check checks checked checking search searched searching tries trying tried use used
using read reading give gives giving bring brings pull pulling bringing show shows showing list
listed offer offers offering offered suggest suggestion suggested recommend calendar diary business
office clinic practice place location address street staff team provider providers service services
price prices pricing cost costs front desk reception receptionist colleague colleagues receipt
request requests look-up sign signed exact specific particular general different similar alternative
alternatively possible impossible unable ready willing important necessary required require requires
included including regarding concerning based depending depends entire extra additional plus minus
total average range make makes making keep keeps keeping put puts run runs turn turns provide
provides leave leaving lasts lasting allow allows accept accepts perform performs treat treats
handle handles cover covers sees seeing meet meets join somewhere anywhere nowhere home school job
lunch lunchtime breakfast dinner holiday holidays vacation trip travel drive walk arrive arrives
arriving enter entrance door floor building road corner ground new old existing current regular
returning patients customers customer clients client guest guests adult adults age ages woman man
women men girl boy forward top straight separate proceed continue confirm verify cancellation
cancellations hold dial transfer noted located unavailable unsuccessful amazing pleasant requested
books agenda system roster planner register wider remains double-check clarify adjust update fix
arrange set-up setup finalise finalize complete reserve note assume expect putting transferring
connecting left
"""


_OF_US = """
openings nearest reference references stay stays called far notice clock clocks exist went cut
address street location located entrance directly easier able accept accepts answer apologise
apologize appointment appointments appreciate availability available book booking bookings books
bring business busy calendar call calling cancel change check checked choice choices choose clinic
close closed closes confirm cost costs desk detail details diary different dr end exact find finding
fine finish fit fits forward found free gap gaps give glad good great handle handles happy hear
hello help hi hold hope keep know line list listed look looked looking love move mr mrs ms name
names new offer offered offers office open opening opens option options pay paying pays people
perfect perform performs person phone pick place please possible practice price prices provide
provider providers provides put question questions quiet read ready require requires reschedule
right run runs say schedule searched see seeing service services show shut side slot slots sorry
speak speaking spot spots staff start suit suits sure take takes taking talk talking team tell thank
thanks thing things think transfer treat try understand visit visits welcome welcomes work working
works
"""


def _of(*lists: str) -> frozenset[str]:
    return frozenset(word for each in lists for word in each.split())


SMALL_WORDS = _of(_SMALL, _TIMES, _NUMBERS)
WORDS_OF_US = SMALL_WORDS | _of(_OF_US)
"""Of ourselves and of the business less may be told: what it has, takes and does is for the
business to say."""
PLAIN_WORDS = _of(_SMALL, _TIMES, _NUMBERS, _TALK, _FEELINGS, _AFFAIRS)
