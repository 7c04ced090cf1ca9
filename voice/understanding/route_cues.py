"""Phrases that name a route by themselves: hand-written, one reason each, on plain text."""

from __future__ import annotations

import re

from voice.understanding.reading import Route

BOOKED = (
    r"(?:appointments?|appts?|apt|bookings?|reservations?|visits?|tables?|slots?|sessions?|meetings?|"
    r"check ?ups?|consultations?|events?|haircuts?|cuts?|cleanings?|facials?|massages?|rooms?|stay|"
    r"lunch|dinner|brunch|breakfast|party|manicures?|pedicures?|exams?|examinations?|tune ?ups?|"
    r"oil changes?|services?|spot|time ?slots?|treatments?|class(?:es)?|calls?|reminders?|physicals?|"
    r"inspections?|repairs?|maintenance|colou?rs?|trims?|waxing|fittings?|vaccinations?|shots?)"
)
_OWN = r"(?:my|our|the|an?|this|that|me|his|her|their|all|any|existing|another|some|\w+s)"
_UP_TO_4 = r"(?:[\w:.#/-]+ ){0,4}?"
_MONEY_THING = r"(?:order|purchase|transaction|payment|subscription|card|account|policy|loan|debit|transfer|item|membership|service plan)"

CUES: tuple[tuple[Route, re.Pattern[str]], ...] = (
    (
        "human",
        re.compile(
            r"\b(?:speak|talk|talking|speaking|connect|transfer|put|pass|get|chat|switch|forward|direct|hand|escalate|give|need|want|reach|have|prefer)\b"
            r"(?: \w+){0,4}? (?:human|person|people|someone|somebody|anyone|anybody|agent|representative|rep|manager|supervisor|operator|receptionist|reception|"
            r"(?:front )?desk|staff|employee|worker|member of (?:staff|the team)|individual|being|team member|service desk|customer service|advisor|adviser|consultant|(?:real|actual|live) \w+)\b"
            r"(?! (?:please )?(?:to|who can|that can) (?:cut|clean|fix))|"
            r"\b(?:real|actual|live|human) (?:person|human|being|agent|someone|operator)\b|^(?:operator|agent|representative|human|person|receptionist|reception)(?: please)?$|"
            r"\b(?:stop|not|hate|dont want|feel comfortable|tired)\b.{0,40}\b(?:machine|bots?|robots?|computer|virtual (?:agent|assistant))\b|"
            r"\b(?:transfer|connect) me\b|\bput me through\b|\bcall me back\b"
        ),
    ),
    (
        "repeat",
        re.compile(
            r"\b(?:repeat(?:ed|ing)?|pardon|rephrase|replay|restate|reiterate)\b|"
            r"\b(?:say|said|tell|speak|come|do|try|hear|state|go over|give|run|explain|play|read|start|ask|what|that|it|talk|retry|show|listen)\b.{0,45}?\b(?:again|once more|one more time|another time|one more again|over)\b|"
            r"^(?:again|once more|one more time|retry|come again|sorry|what|huh|excuse me|pardon me)(?: please)?$|"
            r"\b(?:what|whatd) (?:did|do|was|is|were) (?:you|it|that)(?: just)?(?: you)? (?:say|said|mean|again|saying)\b|"
            r"\b(?:didnt|did not|couldnt|could not|cant|cannot|dont|missed|havent) (?:quite |really |even )?(?:hear|catch|get|understand|follow|make out)?(?: (?:you|that|it|what|the last|any of))\b(?! (?:an?|my|the|any) )|"
            r"\bwhat was that\b|\b(?:last|previous) (?:thing|words?|sentence|part|bit|one)(?: that)? (?:you )?(?:just )?(?:said|say|spoken)\b|\bi missed (?:that|what|it)\b|\bslower\b|\bspeak up\b"
        ),
    ),
    (
        "reschedule",
        re.compile(
            r"\b(?:re ?schedul\w*|re ?book\w*|re ?arrang\w+|postpon\w+|push(?:ed)? (?:back|it|my|the)|bring (?:forward|it forward|my)|move (?:up|back|it|my|our|the|that|to)|moved)\b|"
            r"\b(?:chang(?:e|ed|es|ing)|mov(?:e|ed|ing)|shift|switch|swap|updat(?:e|ing)|modif(?:y|ying)|amend\w*|alter\w*|adjust|edit|extend|upgrade|push|make a change|delay|set)\b (?:to |of |in |some |the |a )*"
            + _UP_TO_4
            + BOOKED
            + r"\b|"
            r"\b(?:chang(?:e|ing)|move|switch|shift|make|amend|modify|update) (?:it|that|this|the (?:time|date|day|hour|booking|number of)|my (?:time|date|day))\b.{0,25}?\b(?:to|for|from|instead)\b|"
            r"\b"
            + BOOKED
            + r"\b.{0,60}?\b(?:needs? to be|to be|be|can (?:i|we)|could (?:i|we)|need to|like to|want to|have to|i) (?:chang\w+|mov\w+|shift\w*|switch\w*|adjust\w*|amend\w*|updat\w+|modif\w+|alter\w*|extend\w*)\b|"
            r"\b(?:different|another|other|later|earlier|new) (?:day|time|date)\b.{0,20}\b(?:instead|for my)\b|\bcome in (?:later|earlier) (?:instead|than)\b"
        ),
    ),
    (
        "cancel",
        re.compile(
            r"\b(?:cancel\w*|call(?:ing)? off|delet\w+|remov\w+|get rid of|scrap|eras\w+|clear\w*|wip\w+|declin\w+|drop|take off|take out|undo|scratch|withdraw)\b (?:(?!"
            + _MONEY_THING
            + r")[\w:.'/-]+ ){0,6}?(?:"
            + BOOKED[3:-1]
            + r"|calendar|schedule)\b|"
            r"^(?:(?:hi|hello|please|kindly|can you|could you|i want to|i need to|id like to|i would like to|can i|just|yes|no|ok|okay|actually) )*cancel(?: (?:it|that|this|everything|please|them|the whole thing))*$|"
            r"\b" + BOOKED + r"\b.{0,70}?\b(?:cancel\w*|call off|delete|remove)\b|"
            r"\b(?:cant|cannot|wont|not (?:going to|gonna|able to)|no longer|unable to|wont be able to) (?:be able to )?(?:make|come|attend|keep) (?:it|in|my|our|to my|the|that|"
            + BOOKED
            + r")\b|"
            r"\b(?:dont|do not|no longer) (?:need|want) (?:my|the|our|that|this) "
            + _UP_TO_4
            + BOOKED
            + r"\b"
        ),
    ),
    (
        "lookup",
        re.compile(
            r"\b(?:when|what|what time|which day|where|who|how many|how long|at what time) ?(?:s|re|is|are|was|do|did|does|have|has)? ?(?:i |we |me )?(?:have |got |get )?(?:my|our|next|i|the next|scheduled|any)\b.{0,30}?\b"
            + BOOKED
            + r"\b|"
            r"\bdo (?:i|we) (?:still |already |currently |actually )?have\b|\b(?:am i|are we) (?:still |already )?(?:booked|scheduled|down|on|meeting|free|due|seeing)\b|"
            r"\b(?:confirm|check|verify|look up|double check|see|find|show|list|pull up|tell me|read|remind|know|open|view|display|recheck|ensure|validate|make sure)\b (?:on |me |about |of |if |that |whether |you |have |up |and |the |for )*(?:my|our|i have|upcoming|future|i am|im|when|details of)\b.{0,40}?(?:"
            + BOOKED
            + r"|calendar|schedule|plans?|agenda|day)\b|"
            r"\b(?:on|in|for) my (?:calendar|schedule|agenda|diary|plate|list)\b|\bmy (?:schedule|calendar|agenda|plans|day)\b.{0,30}\b(?:today|tomorrow|like|look|week|weekend|for|on)\b|"
            r"\b(?:did|have) (?:i|we) (?:book|booked|made|make|schedule|scheduled|reserve|reserved|get)\b|\bwhat did i book\b"
        ),
    ),
    (
        "faq_hours",
        re.compile(
            r"\b(?:opening|closing|business|office|working|operating|store|shop|clinic|salon|visiting|check (?:in|out)) (?:hours|times?)\b|\b(?:your|the|what|whats the) hours\b|\bhours (?:of operation|are you|do you|today|tomorrow|on)\b|"
            r"\b(?:are|r|when are|when're|will|is|re|be|still) (?:you|your|u|the (?:clinic|shop|salon|office|store|restaurant|pool|gym|spa|place|bar|kitchen)|it|they|yall|you guys)\b.{0,25}?\b(?:open|opened|closed|closing|opening)\b|"
            r"\b(?:what time|when|how late|how early|until when|what days|till when|until what time|what hours)\b.{0,25}?\b(?:you|your|it|they|the|u)\b.{0,25}?\b(?:open|close|closed|opening|shut|closing|start|finish|available|check ?in|check ?out|serv(?:e|ing|ed))\b|"
            r"^(?:you |u )?open (?:on|at|till|until|today|tomorrow|this|late)\b|\b(?:open|closed) (?:on )?(?:sundays?|saturdays?|weekends?|mondays?|holidays|christmas|late|early)\b|"
            r"\b(?:when|what time)\b.{0,25}\b(?:check ?(?:in|out)|leave the room|breakfast served|room be ready|be ready)\b"
        ),
    ),
    (
        "faq_location",
        re.compile(
            r"\b(?:where(?:s|re| is| are| r|abouts)?(?: (?:exactly|about))?(?: is| are)? (?:you|your|u|the|this|that|it|they|their|its|located|place|he|she|do i (?:go|come))\b|"
            r"(?:street |exact |physical |full |their |your |the |postal |office )?(?:address|location|whereabouts)\b|(?:located?|situated)\b|directions\b|(?:post ?code|zip ?code|zip)\b|"
            r"how (?:do|can|would|should) (?:i|we) (?:get|find|drive|go|come|reach)(?: (?:to|there|you|your))?\b|(?:closest|nearest) (?:station|bus|subway|tube|metro|stop|train|airport)|"
            r"(?:what|which) (?:street|road|area|part of town|neighbou?rhood|city|floor|town)\b|how far\b|where (?:at|they at|will i be)\b|where (?:do|can|should|would|will|must) (?:i|we) (?:come|go|find you|stay))"
        ),
    ),
    (
        "refund",
        re.compile(
            r"\b(?:refund\w*|re-?imburs\w+|money back|charge ?back|get my money|cash back|give (?:me )?(?:back )?my money|returned my money|those \d+ pounds back|compensation)\b|"
            r"\b(?:cancel|return|send back|undo|revert)\w* (?:(?:a|an|my|the|this|that|previous|recent|last|it|some) )*(?:[\w-]+ )?(?:purchase|order i|item|transaction|product|thing i bought|something i (?:bought|purchased))\b|"
            r"\b(?:purchase|item|product|bought|purchased)\b.{0,60}?\b(?:cancel|return|money|give (?:it )?back)\b"
        ),
    ),
    (
        "billing",
        re.compile(
            r"\b(?:bills?|bil|billing|billed|invoices?|invoiced|statement|charged|charges?|overcharg\w*|direct debit|balance|min(?:imum)? payment|minimum (?:amount|due)|amount due|"
            r"payment (?:i|on|that|from|is|was|not|in|dont|which)|owe|fee i|dispute|double charge\w*|due date|receipt|deducted|debited|pay (?:my|the|for my|that|this|off)|unrecogni[sz]ed|dont recogni[sz]e|not recogni[sz]e\w*)\b"
        ),
    ),
    (
        "tech_support",
        re.compile(
            r"\b(?:(?:not|isnt|doesnt|dont|wont|stopped|stop|arent|never|cant|cannot|nt|hardly) (?:work\w*|load\w*|open\w*|connect\w*|turn(?:ing)? on|function\w*|respond\w*|log ?in|deliver\w*|get (?:the|my) \w+ to work|run(?:ning)?)|"
            r"broken?|brok|error|bugs?|crash\w*|frozen|freez\w+|password|passcode|pass code|log ?in|log ?on|sign in|wi ?fi|internet|server|servers|website|web site|web page|app|apps|application|software|"
            r"global status|globel status|virtual card|contactless|pin|declined|rejected|locked out|reset|online (?:booking|account)|link|malfunction\w*|is (?:just )?(?:dead|down)|tech(?:nical)? (?:support|help|issue|problem)|troubleshoot\w*)\b"
        ),
    ),
    (
        "order",
        re.compile(
            r"\b(?:order(?:ed|ing|s)?|purchas(?:e|ing)|buy(?:ing)?|deliver(?:y|ed|ies|ing)?|packages?|packaged|parcels?|shipp\w+|shipment|take ?(?:away|out)|carry ?out|shopping (?:cart|list)|cart|basket|"
            r"gift (?:cards?|vouchers?|certificates?)|add .{1,30} to my|pizza|food|tracking)\b"
        ),
    ),
    (
        "faq_price",
        re.compile(
            r"\b(?:how much|prices?|pric(?:ey|y|ing|ed|e range)|costs?|costing|fees?|expensive|inexpensive|cheap\w*|affordable|budget|rates?(?! (?:it|them|you))|(?:what|how) do you charge|you charge|per night|nightly|dollars|rent|total amount|high end|pay for|price range|quote|estimate)\b"
        ),
    ),
    (
        "book",
        re.compile(
            r"\b(?:book|booking|booked|reserve|reserving|reservation|schedule|scheduling|arrange|arranging|set ?up|make|making|get|getting|create|creating|add|plan|put|need|want|like|have|take|find|organi[sz]e|fix|looking for|place|set|after|request(?:ing)?|see about|do|come in for|due for|interested in|hold|squeeze|fit|send|give)\b "
            + r"(?:(?!my |cancel|change|confirm|reschedule)[\w:.'/-]+ ){0,6}?"
            + BOOKED
            + r"\b|"
            r"\b(?:book|reserve|schedule|squeeze|fit|pencil|sign|slot|get|see|put) (?:me|us|it|myself|that|them)(?: (?:in|up|down|for|an?))\b|\b(?:fit|squeeze|get) me in\b|"
            r"\b(?:come|get|bring) (?:him |her |it |them |my \w+ )?in\b|\b(?:see|visit|meet) (?:the|a|an|with|dr|doctor|someone|my) ?\w*|"
            r"\b(?:any|have|got|is there|are there|what|check) (?:\w+ ){0,4}?(?:openings?|availab\w+|slots?|spaces?|free|spots?|times?)\b|\b(?:anything|something|someone|anyone|are you|is \w+|you guys|what times?) (?:free|available|open|is free)\b|"
            r"\bi(?:d like|d love| want| need| would like| wanna| d like)(?: to)? (?:book|reserve|schedule|come in|make|get|see|have my|bring|drop by|stop by|be seen|visit)\b|^(?:book|schedule|reserve)\b"
        ),
    ),
    (
        "faq_other",
        re.compile(
            r"\b(?:(?:do|does|can|are|is|will|did) (?:you|they|the|your|it|he|she|their|there|i|we|these|those)(?: guys| all| also| place)? (?:\w+ )?(?:take|accept|offer|have|do|provide|allow|sell|speak|treat|work with|cover|support|cater|cut|serve|bring|a|an|any|use|park|unisex|wheelchair|rooms?|only|for|include|included)\b|"
            r"is there|are there|parking|insurance|phone number|contact number|telephone number|number of the|their number|your number|pets?|dogs?|wheelchair|accessib\w+|rating|unisex|cosmetic|new patients?|credit cards?|policy|dress code|what (?:services|kind|type|sort|do you|brands)|"
            r"(?:how long (?:does|do|is|will)|tell me (?:more )?about|do i need|should i (?:bring|wear|eat)|can i (?:bring|smoke|use|wear|eat|park)|what should i|are (?:kids|children|dogs|pets)|who (?:is|are|does)|(?:take|takes|accept|accepts|do|does|have|for|making|make) (?:a )?reservations?))\b"
        ),
    ),
    (
        "greeting",
        re.compile(
            r"^(?:(?:oh|ok|okay|well|um) )*(?:hi+|hello+|hey+|hiya|howdy|hola|greetings|salutations|bonjour|aloha|yo|sup|good ?(?:morning|afternoon|evening|day)|morning|hai|whats (?:up|new|happening|going on)|"
            r"how (?:are|is|have|do|r|you|s|goes|has)(?: \w+)*? ?(?:you|things|it|everything|day|doing|going|hanging|been|life)|hows (?:it|your|things|everything|life|u)|nice to meet you|welcome|hlo|helo|halo|hii+|anybody there|is anyone there)\b"
        ),
    ),
    (
        "goodbye",
        re.compile(
            r"\b(?:good ?bye+|b+ye+|bye bye|see (?:ya|you|u)|cya|farewell|fare well|take care|have an? (?:\w+ )*?(?:day|one|night|evening|afternoon|weekend|week|time|rest|ahead)|have (?:\w+ )?(?:fun|nice day|good day)|talk (?:to you )?(?:later|soon|again)|"
            r"(?:later|so long|ciao|adios|ta ta|toodles|peace out|cheerio|good ?night|ttyl|gotta go|got to go|catch you later)|nice (?:day|talking|chatting|speaking|meeting|to (?:talk|speak|chat|have))|(?:nice|great|cool|good|fun|pleasure|lovely) (?:talk|chat|speak|convers)\w+|"
            r"thats (?:all|it|everything)|that (?:is|will be|would be|was) (?:all|it|everything)|(?:im|i am|we are|were) (?:done|finished|all set|leaving|off)|nothing else|(?:thanks|thank you|thank u|thx)(?: so much| very much| a lot| again| a bunch| for \w+ ?\w* ?\w*)?$)"
        ),
    ),
)
