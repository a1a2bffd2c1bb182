"""When a page of the app has come to rest, by what it says to the server and hears from it.

Streamlit's page asks for a run over its socket and hears when the run starts and ends. A script
that is in the page before anything else listens to both. So a test knows that the run it asked for
has ended, however slow or fast the machine is, and never guesses by the clock.
Not for: what is on the page.
"""

from __future__ import annotations

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_ASKS = BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number
_STARTS = ForwardMsg.DESCRIPTOR.fields_by_name["new_session"].number
_ENDS = ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number
_FOR_ANOTHER = ForwardMsg.FINISHED_EARLY_FOR_RERUN

NOTE_RUNS = (
    f"""(() => {{
  const ASKS = {_ASKS}, STARTS = {_STARTS}, ENDS = {_ENDS}, FOR_ANOTHER = {_FOR_ANOTHER};
"""
    + """
  // asked: how many runs this document has asked for. isOpen: one has not ended.
  // isDrawn: all that have ended are on the page.
  const runs = { asked: 0, ended: 0, isOpen: true, isStarted: false, isDrawn: false };
  window.runs = runs;

  // The fields of a protocol buffer, as numbers or `true`, without looking into them.
  function fields(bytes) {
    const found = {};
    let at = 0;
    function number() {
      let value = 0, unit = 1, byte;
      do { byte = bytes[at++]; value += (byte & 127) * unit; unit *= 128; } while (byte & 128);
      return value;
    }
    while (at < bytes.length) {
      const tag = number(), kind = tag % 8, field = Math.floor(tag / 8);
      if (kind === 0) found[field] = number();
      else if (kind === 2) { const length = number(); found[field] = true; at += length; }
      else { found[field] = true; at += kind === 5 ? 4 : 8; }
    }
    return found;
  }

  function said(data) {
    if (!(ASKS in fields(data))) return;
    runs.asked += 1;
    Object.assign(runs, { isOpen: true, isStarted: false, isDrawn: false });
  }

  function heard(data) {
    const message = fields(new Uint8Array(data));
    if (STARTS in message) Object.assign(runs, { isOpen: true, isStarted: true, isDrawn: false });
    if (!(ENDS in message) || message[ENDS] === FOR_ANOTHER || !runs.isStarted) return;
    runs.isOpen = false;
    const ended = runs.ended += 1;
    // The app hears the message after us and collects what to draw for 10 ms. A timer that is due
    // later has its turn after that one, two frames draw it, and then the browser is idle.
    const drawn = () => { if (ended === runs.ended && !runs.isOpen) runs.isDrawn = true; };
    setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() =>
      requestIdleCallback(drawn))), 20);
  }

  window.WebSocket = class extends window.WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", (event) => heard(event.data));
    }
    send(data) {
      said(data);
      super.send(data);
    }
  };
})();
"""
)
"""Keeps `window.runs`: what was asked for, and how far it is."""

_RESTS = """window.runs && window.runs.isDrawn
  && document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
  && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')"""

IS_SETTLED = f"() => {_RESTS}"
"""No run is open, and nothing of an older one or of one to come is in sight."""

IS_ANSWERED = f"asked => window.runs.asked > asked && {_RESTS}"
"""The same, after at least one more run was asked for."""

STANDS_STILL = """() => document.getAnimations().every(
  (one) => one.playState !== 'running' || one.effect.getComputedTiming().iterations === Infinity)"""
"""Nothing fades or slides any more."""
