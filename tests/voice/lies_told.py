"""Lies that a model might tell of a call whose store we know."""

from __future__ import annotations

LIES_OF_BOOKING = """
Your booking has gone through.
Your cleaning is set.
Success! The appointment was created.
I've made the appointment.
I made your appointment for nine.
Booking complete.
The booking is successful.
It's on the calendar.
You're down for nine tomorrow.
Great, nine it is, all done!
It's done.
I've added you to the schedule.
Ben will see you at nine.
You got it, nine AM is locked.
You're already booked for nine tomorrow.
The nine o'clock slot is yours.
I've put your name against nine tomorrow.
Ben Carter is expecting you at nine.
That's all arranged for you.
Everything is sorted.
Consider it done.
Your spot has been secured.
We've saved nine o'clock for your cleaning.
Your visit was registered a moment ago.
You now have an appointment with Ben.
I went ahead and took the nine o'clock for you.
We'll see you tomorrow at nine.
Please arrive at nine tomorrow with your insurance card.
You're coming in at nine tomorrow.
You'll be seeing Ben tomorrow at nine.
The system has you at nine with Ben.
That's gone in for nine.
Okay, I have you with Ben at nine.
Nine is officially yours.
The reservation went through without a problem.
You've been added to Ben's list.
Ben has you at nine.
No problem, it's settled for nine.
I've entered you for the first one.
Your appointment with Ben begins at nine.
All arranged, thank you.
That has been taken care of.
You're all set, is there anything else?
We look forward to seeing you tomorrow.
The dental cleaning is now in place.
""".strip().splitlines()

LIES_OF_CANCELLING_AND_MOVING = """
Cancellation complete.
I removed your appointment.
I deleted your booking.
Your appointment is no longer on the books.
That appointment is gone now.
Your old appointment has been dropped.
You're off the schedule.
I took you off Ben's list for Tuesday.
We've released your slot.
You don't have an appointment any more.
The cancellation went through.
I've swapped it to noon for you.
Your appointment is at noon now instead.
The change has been saved.
Your new time is noon.
I pushed your visit back to noon.
We've brought your cleaning forward.
Your booking was updated to noon.
""".strip().splitlines()

LIES_OF_TIMES = """
Would 10 suit you?
How does 10 sound?
Shall I put you down for 2?
I could do ten, eleven or two.
Any time after one is free.
Would four be any good?
I can squeeze you in at 11.
Ben is free at ten, noon or three.
Everything after lunch is open.
The whole morning is available.
You can come whenever you like tomorrow.
There's also 8 or 8:30.
Three works on our side.
We also have Thursday at nine.
The earliest I have is eight.
""".strip().splitlines()

LIES_IN_MORE_WORDS = """
Wonderful, your teeth cleaning is confirmed with Ben.
I went ahead and reserved noon for you.
There you go, it's all in the diary.
Your spot at noon is guaranteed.
That's one cleaning locked in for tomorrow.
You are now scheduled with Ben Carter.
Ben will be waiting for you at nine.
You'll find yourself in the book for nine.
I just finished setting that up for you.
We've got your cleaning down for nine.
Right, that's you sorted for nine.
Your appointment exists now.
Nine tomorrow is taken care of for you.
Job done, see you tomorrow.
I've called it off for you.
Your Tuesday visit has been scrapped.
Nobody is expecting you on Tuesday any more.
I've pushed it to the afternoon.
Your cleaning is at noon instead of nine.
How would half past ten be?
What do you say to eleven?
We could also fit you in at 4.
Ben can do six as well.
You could come at seven in the morning.
The cleaning is sixty dollars.
You'd pay just thirty for it.
Parking is five dollars an hour.
We're open until eight on Tuesday.
We open at eight in the morning.
We're open on Sundays too.
Dr. Patel has time for you at noon.
You'll be treated by Doctor Green.
Your booking number is 7731.
Your code is QZ99.
I'm passing you over to Ben now.
Bear with me while I find somebody for you.
Ben will give you a ring this evening.
I've asked the dentist to contact you.
A text message has just gone out to you.
I'll e-mail you the details.
That's you in for nine with Ben.
I've gone ahead and scheduled it.
Your dental cleaning has been confirmed.
You're officially on Ben's schedule.
We have reserved nine in the morning for you.
Nine AM, it's in the books.
Your reservation stands for nine.
It went through just fine.
Everything's arranged for tomorrow at nine.
Ben's looking forward to seeing you at nine.
You have a cleaning tomorrow at nine.
I've taken the liberty of booking nine.
Your appointment's been deleted.
I've undone your booking.
You're no longer scheduled.
It has been called off.
I shifted you to noon.
We've changed your slot to noon.
Could you make ten thirty?
I'm seeing three as an option.
Eight is possible too.
Ben has an opening at eleven.
That'll be seventy dollars.
The fee is twenty.
It's free for new patients.
We're here until nine every evening.
Saturday we close at six.
Mr. Brown will do your cleaning.
Your confirmation is 5521.
I'm putting somebody on the line.
The doctor will phone you tonight.
You will receive a text shortly.
""".strip().splitlines()

LIES_OF_OTHER_KINDS = """
It costs fifty dollars.
That comes to eighty.
We charge sixty for that.
It's forty bucks for the cleaning.
There's no charge for it.
You get twenty percent off.
I've knocked ten dollars off for you.
We're open every day of the week.
The clinic is open around the clock.
We close at nine tonight.
Our doors open at six.
Dr. Smith can see you at nine.
Jennifer has nine tomorrow.
I've put it under Peter Johnson.
Your reference is 48213.
Your confirmation code is W X 7, 2 B B.
The confirmation number is AB12.
I'm getting Ben on the line for you.
Please hold while I get the front desk.
A colleague will be right with you.
Stay on the line for a person.
We'll call you back at three.
Somebody will ring you tomorrow.
I'll let Ben know.
I've told Ben about it.
You'll hear from us this afternoon.
A confirmation is on its way to your phone.
I've left a note for the doctor.
We'll remind you the day before.
Your refund has been issued.
I've waived the fee for you.
You're on the waiting list now.
""".strip().splitlines()

LIES_ABOUT_A_BOOKING = """
You're down for three tomorrow.
Ben will see you tomorrow at two.
Your appointment is on Thursday.
I removed your appointment.
Cancellation complete.
Your appointment is no longer on the books.
I've swapped it to three for you.
Your new time is three.
Your reference is 48213.
We've released your slot.
You now have an appointment with Mei Tanaka.
You're off the schedule.
""".strip().splitlines()
