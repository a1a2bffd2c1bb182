"""The least that Streamlit can do for a page of ours: nothing but widgets of the same kinds, with
as many choices, and an empty folium map where the page has a map.

The widgets come in the address (`?widgets=[["selectbox", 300]]&map=1`). Run by `bench_pages.py`.
"""

import json

import folium
import streamlit as st
import streamlit.components.v1 as components

asked = st.query_params
widgets = json.loads(asked.get("widgets", "[]"))
with st.form("form", border=False):
    st.form_submit_button("send")
for number, (kind, choices) in enumerate(widgets):
    key, options = f"{kind}-{number}", [f"choice {n}" for n in range(max(choices, 1))]
    match kind:
        case "selectbox":
            st.selectbox(key, options, index=None, key=key)
        case "multiselect":
            st.multiselect(key, options, key=key)
        case "radio":
            st.radio(key, options, index=None, key=key)
        case "button_group":
            st.pills(key, options, key=key, selection_mode="multi")
        case "text_input":
            st.text_input(key, key=key)
        case "text_area":
            st.text_area(key, key=key)
        case "number_input":
            st.number_input(key, key=key)
        case "checkbox":
            st.checkbox(key, key=key)
        case "date_input":
            st.date_input(key, value=None, key=key)
        case "file_uploader":
            st.file_uploader(key, key=key)
        case "download_button":
            st.download_button(key, "", key=key)
        case "vega_lite_chart":
            st.vega_lite_chart(spec={"mark": "bar", "encoding": {}}, key=key)
        case "arrow_data_frame":
            st.dataframe({"choice": options}, key=key)
        case "button":
            st.button(key, key=key)
        case _:
            st.button(key, key=key)
if "map" in asked:
    components.html(folium.Map().get_root().render())
