"""Truths that a model might tell of a call whose store we know, many close to a lie."""

from __future__ import annotations

TRUTHS_WHILE_NOTHING_IS_BOOKED = """
I can do nine or noon.
Would nine suit you?
Shall I put you down for nine?
I have nine, noon or a quarter to two tomorrow with Ben Carter.
Nine is still free.
Great, nine it is.
Great, nine tomorrow with Ben.
So that's nine tomorrow with Ben Carter, is that right?
That would be tomorrow at nine with Ben Carter, for a dental cleaning.
Which of the three would you like?
Which one would you like?
I have three times for you.
Two of them are in the morning.
Once I have your name, you're all set.
What name should I put it under?
I'll need your name before it's booked.
I haven't booked it yet.
It isn't booked yet.
Nothing is set until you say so.
Shall I go ahead and book nine with Ben?
I'll book nine for you, just tell me your name.
Let me put you in for nine, and what's your name?
Would you like me to book it?
If nine suits you, I'll book it.
Would you like nine, or is noon better?
The cleaning takes 45 minutes.
It costs ninety-five dollars.
It's 95 dollars.
A check-up costs 120 dollars.
The fifty dollar gift card costs fifty dollars.
That's fine.
That's no problem.
You got it.
I've found three times tomorrow.
I've got that, thank you.
I understand.
I've noted your name.
I heard nine, did I get that right?
One moment.
You're welcome.
You're very kind.
You're right, I'm sorry about that.
That works, and what name is it under?
Ben Carter has nine tomorrow, and noon too.
I can't do ten, but nine is free.
Ten isn't available, I'm afraid.
There's nothing at two.
We're open from nine to five on Tuesday.
We close at five tomorrow.
We're closed on Sundays.
You can pay by card, by cash or through your insurance.
There's free parking behind the building.
We're at 12 Willow Street in Albany.
We see children of every age.
New patients are welcome.
You can reach us on 2 1 2, 5 5 5, 0 1 0 0.
Please bring a photo ID and your insurance card.
Please come ten minutes early to fill in a short form.
You can see Ben Carter or Mei Tanaka for a cleaning.
It's done by Ben Carter or Mei Tanaka.
Shall I put you through to somebody?
I can put you through to a person if you like.
I can't send messages from here.
I'm afraid I can't call you back.
Would you like to hear other times?
Do you have an appointment with us already?
Is your appointment already booked?
Do you want to cancel your appointment?
You don't have an appointment with us yet.
I couldn't find an appointment under that name.
Thank you for calling.
Have a nice day!
What would you like to change?
How can I help?
Please dial nine one one.
Both are with Ben Carter.
Can you tell me your reference?
You said nine, is that right?
Perfect, nine o'clock tomorrow then, and whose name is it for?
Noon is available as well.
I have a quarter to two with Ben, would you prefer that?
How about noon?
What about nine tomorrow morning?
So you'd like the nine o'clock?
I could book you in at noon.
I'm able to offer nine, noon or 1:45.
The first is at nine and the last is at 1:45 PM.
I'm happy to book that for you.
To book it I need a name.
It will be booked as soon as you give me your name.
We don't have ten o'clock, sorry.
Ten is already taken.
All three are with Ben Carter.
Ben is free tomorrow at nine.
Tomorrow at noon is open.
No appointment has been made yet.
I can't find any booking under your name.
Nothing has been cancelled.
A dental cleaning costs 95 dollars and takes 45 minutes.
A vaccination is forty dollars.
We're open Monday to Friday from nine.
On Saturday we close at one.
We are at 12 Willow Street.
We accept most insurance plans.
You need to bring your insurance card.
There's a ramp at the front door.
I'm sorry, I didn't get that.
Could you repeat that, please?
May I have your telephone number?
Is there anything else I can help with?
Have you been here before?
You can call us any time during opening hours.
Sorry to hear that.
I'm an automated assistant.
I'd be glad to help.
Let me check that for you.
Sure, let me have a look at Wednesday.
You're speaking with the assistant of Willow Street Clinic.
Okay, nine then.
Would you rather come at noon?
Does a quarter to two work?
Your choices are nine, noon and 1:45.
Nine or noon, whichever you prefer.
Shall I reserve noon?
Before I book it, what's your name?
Almost done, I just need your name.
We can do that.
That's not possible, I'm afraid.
Eleven is gone.
I don't see anything at eleven.
I have not cancelled anything.
Your appointment isn't made yet.
You are not booked yet.
Should I cancel it?
Which appointment do you mean?
Are you already a patient here?
A cleaning is 95 dollars.
Physiotherapy costs 150 dollars.
On Thursday we're open until seven.
We're closed on Sunday.
The entrance is on Willow Street.
You can pay in cash.
Children are welcome with a parent.
Please hold on a second.
Thanks for waiting.
No worries.
I can put you through to somebody here.
My pleasure.
What's the best number to reach you?
Got it.
""".strip().splitlines()

TRUTHS_ABOUT_A_BOOKING = """
Your booking has gone through.
Your check-up is set for tomorrow at two.
I've made the appointment.
It's on the calendar.
You're down for two tomorrow.
All done!
It's done.
Ana will see you tomorrow at two.
Ana Ruiz is expecting you at two.
We'll see you tomorrow at two.
Your appointment is tomorrow at 2 PM with Ana Ruiz.
You have an appointment with Ana Ruiz tomorrow at two.
Please arrive at two tomorrow.
We look forward to seeing you tomorrow.
The appointment is in the book for two.
You're all set, is there anything else?
""".strip().splitlines()

TRUTHS_ABOUT_A_MOVE = """
Your appointment is on Wednesday at ten now.
Your new time is Wednesday at ten.
I've swapped it to Wednesday at 10 AM.
The change has been saved.
You're down for Wednesday at ten.
""".strip().splitlines()

TRUTHS_ABOUT_A_CANCELLATION = """
Cancellation complete.
Your appointment is no longer on the books.
I've removed your appointment.
You don't have an appointment any more.
That's done.
""".strip().splitlines()
