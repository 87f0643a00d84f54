"""The app in Streamlit: the script runs from the top at each change."""

import pandas as pd
import streamlit as st

from benchmarks.ui import work

weights = [st.slider(name, work.LOWEST, work.HIGHEST, work.START) for name in work.CRITERIA]
st.plotly_chart(work.figure(weights))
st.table(pd.DataFrame(work.records(weights)).set_index("Item"))
