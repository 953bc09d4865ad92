"""The columns of the published tables, written out by hand: code that drifts from this list fails.

The types are kymppi's; `readers.py` knows what each reader calls them.
"""

# Columns of sample_data/feedback. They come first in `responses`, unchanged.
INPUT = {
    "response_id": "Utf8",
    "comment": "Utf8",
    "score": "Int32",
    "customer_id": "Utf8",
    "created_at": "Timestamp",
    "survey_language": "Utf8",
    "channel": "Utf8",
    "touchpoint": "Utf8",
    "region": "Utf8",
    "product_line": "Utf8",
}

ADDED = {
    "language": "Utf8",
    "language_confidence": "Float64",
    "token_count": "Int32",
    "stems": "Utf8",
    "sentiment": "Float64",
    "sentiment_label": "Utf8",
    "positive": "Float64",
    "negative": "Float64",
    "score_band": "Utf8",
    "theme_main": "Utf8",
    "theme_count": "Int32",
    "themes": "Utf8",
    "text_redacted": "Utf8",
    "emotion": "Utf8",
    "effort": "Utf8",
    "expectation": "Utf8",
    "intent": "Utf8",
    "cause_actor": "Utf8",
    "limiting_theme": "Utf8",
    "hero_moment": "Boolean",
    "response_needed": "Boolean",
    "contacts": "Int32",
    "wait_minutes": "Int32",
    "doubtful": "Boolean",
}

MENTIONS = {
    "response_id": "Utf8",
    "question": "Utf8",
    "clause": "Int32",
    "theme": "Utf8",
    "polarity": "Utf8",
    "weight": "Float64",
    "valence": "Float64",
    "start": "Int32",
    "end": "Int32",
    "evidence": "Utf8",
    "entries": "Utf8",
    "rule": "Utf8",
    "tier": "Int32",
}

SIGNALS = {
    "response_id": "Utf8",
    "question": "Utf8",
    "signal": "Utf8",
    "start": "Int32",
    "end": "Int32",
    "evidence": "Utf8",
}

TABLES = {"responses": INPUT | ADDED, "mentions": MENTIONS, "signals": SIGNALS}
