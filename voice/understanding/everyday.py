"""Words of everyday calls that are not people's names."""

from __future__ import annotations

_FUNCTION = """
a an the this that these those my your his her its our their mine yours ours theirs i me you he
him she it we us they them myself yourself who whom whose which what when where why how
and or but if because so than then as at by for from in into of off on onto out over to under up
with without within about after before between during until till since per via
am is are was were be been being do does did done doing have has had having can could may might
must shall should will would wont cant dont doesnt didnt isnt arent wasnt werent havent hasnt
couldnt wouldnt shouldnt im ive id ill youre youve youd youll hes shes theyre theyve weve wed well
thats whats whos wheres lets theres heres not no nope nah yes yeah yep yup ok okay sure please
thanks thank sorry hello hi hey bye goodbye oh um uh er erm hmm ah mm actually just only also too
very really quite maybe perhaps still again already yet now later soon ever never always here there
all any anyone anybody anything some someone somebody something none nothing every everyone each
both either neither other others another else same one ones two three four five six seven eight
nine ten eleven twelve dozen hundred first second third next last once twice own much many more
most less few little lot lots bit
"""
_CALLS = """
name names called named surname lastname firstname full middle maiden initial spelled spell spelling
spelt letter letters calling call caller speaking speak talk talking phone number mobile cell email
address book booked booking bookings reserve reserved reservation reservations appointment
appointments appt visit table meeting schedule scheduled reschedule rescheduled cancel canceled
cancelled cancelling change changed move moved modify update confirm confirmed confirming check
checking make made making need needs needed want wants wanted wanting like liked looking look see
seeing come coming go going get getting got give giving take taking taken put set try trying tell
ask asking asked say saying said know think thought guess suppose believe hope wish wondering
wonder help helping find finding keep hold hang wait waiting listed registered filed entered
time times day days date dates week weeks month months year years hour hours minute minutes today
tonight tomorrow yesterday morning afternoon evening night noon midday midnight lunch lunchtime
dinner breakfast weekend monday tuesday wednesday thursday friday saturday sunday january february
march april june july august september october november december mon tue wed thu fri sat sun
am pm oclock half quarter past early earlier late latest soonest available availability free open
opening openings slot slots option options person people party guests guest adults adult kids
children child family friend friends wife husband son daughter mother father mom mum dad brother
sister aunt uncle baby boy girl man woman couple group team colleagues company
fine good great perfect right correct wrong true false nice lovely better best bad urgent important
possible impossible able unable ready new old big small long short inside outside indoor indoors
outdoor outdoors service services haircut cut trim cleaning checkup check-up consultation doctor
dentist salon clinic office place restaurant hotel room shop store garage car dog cat tooth teeth
hair nails massage treatment insurance price cost much money pay paid payment bill card account
refund order question questions problem issue issues wondering regarding concerning because due
emergency pain hurt hurts sick ill running around approximately probably possibly definitely
certainly absolutely exactly correctly instead rather except wife's please repeat pardon excuse
anyway anyways fact case sense reason thing things way kind sort part point line side end start
back away home work working works worked school holiday holidays vacation business patient
customer client existing current previous returning regular nobody noone reference code
confirmation staff manager human agent operator representative receptionist machine robot
address street road avenue city town location parking directions hello morning sir madam maam
mister mrs miss ms dr doc professor double triple dash dot comma hyphen
preference preferences idea clue steep expensive pricey cheap ridiculous crazy mad awful terrible
annoying weird strange funny unfortunate silly outrageous robbery
was'nt did'nt having happy glad afraid interested hoping planning thinking checking
"""

NOT_NAMES = frozenset(_FUNCTION.split()) | frozenset(_CALLS.split())
"""Never part of a name that comes after a weak introduction ("it's …") or none."""

NEVER_NAMES = frozenset(_FUNCTION.split()) - {"may", "will"} | frozenset(
    """calling speaking book booked booking reservation appointment spelled spelt need want wanted
    please number phone mobile email tomorrow today tonight time and table people party name names
    contact cell changed wrong gonna gunna wanna looking possible urgent available free back
    later when again""".split()
)
"""Not part of a name even after a strong introduction ("my name is …")."""

SURNAMES_TOO = frozenset(
    """long little short big small new old great bird fish hunt park parks street rose may june
    april august summer winter day days knight king price love best better bell case hall hill
    wood woods stone young good goodman moore cook baker carpenter page read reed rice short
    sharp sweet wise friend church school house office lane rivers brook brooks fields holiday
    winter fox wolf swan finch march mark grant chase cash pay moody hope faith grace joy""".split()
)
"""Everyday words that are family names as well: allowed after a first name."""

GIVEN_TOO = frozenset(
    """will may april june august mark bill rob sue art drew dawn pat chip grace hope faith joy rose
    jack frank grant chase guy ray rich dean summer autumn sunny eve christian""".split()
)
"""Everyday words that are given names as well: allowed when they are the whole answer."""

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
"""Family names only when they end a whole answer: "Joe Friday"."""
