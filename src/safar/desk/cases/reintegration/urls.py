from django.urls import path

from safar.desk.cases.reintegration import views, views_plan, views_reviews

urlpatterns = [
    path("reintegration/", views.list_files, name="reintegration"),
    path("reintegration/reviews/", views_reviews.list_reviews, name="reviews"),
    path("reintegration/cohorts/", views_reviews.cohorts, name="cohorts"),
    path("reintegration/receive/<uuid:person_id>/", views.receive, name="receive"),
    path("reintegration/<uuid:case_id>/", views.show, name="reintegration_case"),
    path("reintegration/<uuid:case_id>/needs/", views.add_need, name="add_need"),
    path("reintegration/needs/<uuid:need_id>/", views.settle_need, name="settle_need"),
    path("reintegration/<uuid:case_id>/attempt/", views.attempt, name="attempt"),
    path("reintegration/<uuid:case_id>/close/", views.close, name="close_reintegration"),
    path("reintegration/<uuid:case_id>/plan/", views_plan.plan, name="plan"),
    path("reintegration/<uuid:case_id>/plan/new/", views_plan.draft, name="plan_draft"),
    path("reintegration/plans/<uuid:plan_id>/plan.pdf", views_plan.paper, name="plan_paper"),
    path("reintegration/plans/<uuid:plan_id>/goal/", views_plan.add_goal, name="plan_goal"),
    path("reintegration/plans/<uuid:plan_id>/step/", views_plan.add_step, name="plan_step_add"),
    path("reintegration/plans/<uuid:plan_id>/agree/", views_plan.agree, name="plan_agree"),
    path("reintegration/plans/<uuid:plan_id>/approval/", views_plan.ask_approval, name="plan_approval"),
    path("reintegration/plans/<uuid:plan_id>/end/", views_plan.finish, name="plan_finish"),
    path("reintegration/goals/<uuid:goal_id>/remove/", views_plan.remove_goal, name="plan_goal_remove"),
    path("reintegration/steps/<uuid:step_id>/remove/", views_plan.remove_step, name="plan_step_remove"),
    path("reintegration/steps/<uuid:step_id>/", views_plan.step, name="plan_step"),
    path("reintegration/reviews/<uuid:review_id>/", views_reviews.review, name="review"),
]
