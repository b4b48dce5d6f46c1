from django.urls import URLPattern, path

from safar.desk.cases.day import views, views_booking, views_calls, views_queue, views_rota

urlpatterns: list[URLPattern] = [
    path("day/", views.day, name="day"),
    path("day/week/", views.week, name="day_week"),
    path("day/waiting-room/", views.waiting_room, name="waiting_room"),
    path("day/remind/", views.remind, name="remind_of_tomorrow"),
    path("day/book/", views_booking.book, name="book"),
    path("day/book/<uuid:person_id>/", views_booking.book_person, name="book_person"),
    path("day/visits/<uuid:visit_id>/", views_booking.visit, name="visit"),
    path("day/visits/<uuid:visit_id>/move/", views.move_visit, name="move_visit"),
    path("day/numbers/new/", views_queue.walk_in, name="walk_in"),
    path("day/numbers/new/<uuid:person_id>/", views_queue.walk_in_person, name="walk_in_person"),
    path("day/numbers/<uuid:ticket_id>/", views_queue.ticket, name="ticket"),
    path("day/numbers/<uuid:ticket_id>/move/", views.move_ticket, name="move_ticket"),
    path("day/calls/new/", views_calls.call_new, name="call_new"),
    path("day/calls/new/<uuid:person_id>/", views_calls.call_person, name="call_person"),
    path("day/calls/<uuid:call_id>/tried/", views_calls.call_tried, name="call_tried"),
    path("day/follow-ups/<uuid:contact_id>/tried/", views_calls.follow_up_tried, name="follow_up_tried"),
    path("rota/", views_rota.rota, name="rota"),
    path("rota/week/new/", views_rota.plan, name="rota_plan"),
    path("rota/week/<uuid:shift_id>/end/", views_rota.end, name="rota_end"),
    path("rota/day/new/", views_rota.change, name="rota_change"),
    path("rota/day/<uuid:change_id>/take-back/", views_rota.take_back, name="rota_take_back"),
    path("rota/my-calendar/", views_rota.calendar, name="my_calendar"),
    path("rota/my-calendar/<uuid:feed_id>/end/", views_rota.revoke, name="calendar_revoke"),
]
