"""The app: `streamlit run app.py`."""
