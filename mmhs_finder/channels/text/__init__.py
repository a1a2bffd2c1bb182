"""The pages under `/text/`: everything a parent needs, without a script or a cookie.

Forms become a state, the state asks the rooms below, `render.html.pages` draws. What a person says
travels in the bodies of forms and in the pages made from them, and is kept nowhere.
Not for: any rule or wording.
"""
