// Talking: the large button, the call in its place, and captions of what both sides say.

import { VoiceCall } from "./voice_call.js";

const STATES = {
  connecting: "Connecting",
  listening: "Listening",
  hearing: "Hearing you",
  thinking: "One moment",
  speaking: "Speaking",
  reconnecting: "Reconnecting",
};

const ENDED = { caller: "You hung up.", us: "We hung up. Thank you for calling." };

/** Why there is no call, or no more; what cannot be mended here ends with what can be done. */
const TROUBLE = {
  refused: "Your browser does not let us hear the microphone. Allow it for this page, or type.",
  "no microphone": "There is no microphone. Plug one in and try again, or type.",
  insecure: "Browsers lend the microphone to https pages only. Please type.",
  "no sound": "The sound of this device could not be started. Please type.",
  speech_unavailable: "Nobody can talk here: speech is off or not installed. Please type.",
  speech_loading: "Our voice is still waking up. Try again in a moment, or type.",
  too_many_calls: "All our lines are taken. Try again in a moment, or type.",
  rate_limited: "That was too much at once, and the call has ended. Try again, or type.",
  stopping: "We had to hang up. Try again in a minute: we go on where we were.",
  offline: "You are offline, and the call has ended. What was said is kept.",
  unreachable: "The line broke, and the call has ended. What was said is kept.",
  failed: "Something went wrong at our end, and the call has ended. Try again, or type.",
  busy: "The line broke, and the call has ended. Try again in a moment, or type.",
  "no line: offline": "You are offline.",
  "no line: unreachable": "We cannot be reached just now. Try again in a moment, or type.",
  "no line: busy": "That was a little fast. Try again in a moment, or type.",
  "no line: failed": "Something went wrong at our end. Please type.",
};

/** These leave the call as it is: the next one goes on with it. */
const UNFINISHED = new Set(["stopping", "offline", "unreachable"]);

/** Emits "began" and "ended". */
export class Talking extends EventTarget {
  #part;
  #agent;
  #transcript;
  #call = null;
  /** The lines of this call by the server's item: {who, line, text, isKept}. */
  #captions = new Map();
  #whyNot;

  constructor(part, agent, transcript) {
    super();
    this.#part = part;
    this.#agent = agent;
    this.#transcript = transcript;
    const { speech } = part("conversation").dataset;
    this.#whyNot = speech === "loading" ? "speech_loading" : "speech_unavailable";
    part("talk").hidden = speech === "absent";
    if (speech === "absent") {
      this.#note(TROUBLE.speech_unavailable);
      part("words").placeholder = "Type your message";
    }
    part("talk").addEventListener("click", () => this.#begin());
    part("mute").addEventListener("click", () => this.#mute(!this.#call?.muted));
    part("hang-up").addEventListener("click", () => this.hangUp());
  }

  get isOn() {
    return this.#call !== null;
  }

  hangUp() {
    this.#call?.hangUp();
  }

  /** Words typed in the middle of the call. */
  type(text) {
    this.#call.type(text);
  }

  #begin() {
    if (this.isOn) return;
    const call = new VoiceCall(this.#agent);
    this.#call = call;
    this.#captions.clear();
    call.addEventListener("state", ({ detail }) => this.#showState(detail));
    call.addEventListener("level", ({ detail }) => this.#showLevel(detail));
    call.addEventListener("heard", ({ detail }) => this.#heard(detail));
    call.addEventListener("said", ({ detail }) => this.#said(detail));
    call.addEventListener("done", ({ detail }) => this.#done(detail));
    call.addEventListener("ended", ({ detail }) => this.#ended(detail));
    this.#part("talk").hidden = true;
    this.#part("line").hidden = false;
    // Our words are spoken: a screen reader would speak them once more.
    this.#part("log").setAttribute("aria-live", "off");
    this.#note("");
    this.#showState(call.state);
    // Not the button that hangs up: who holds the key down would press it too.
    this.#part("line").focus();
    this.dispatchEvent(new Event("began"));
    void call.start();
  }

  #ended({ by, trouble }) {
    const kind = trouble === "speech_unavailable" ? this.#whyNot : trouble;
    for (const [id, caption] of this.#captions) this.#finish(id, caption);
    this.#call = null;
    if (!UNFINISHED.has(kind)) this.#agent.forgetCall();
    const line = this.#part("line");
    const wasThere = line.contains(line.getRootNode().activeElement);
    line.hidden = true;
    this.#part("talk").hidden = false;
    if (wasThere) this.#part("talk").focus();
    this.#mute(false);
    this.#showLevel(0);
    this.#part("log").removeAttribute("aria-live");
    this.#note(kind === null ? ENDED[by] : "");
    this.dispatchEvent(new CustomEvent("ended", { detail: { trouble: TROUBLE[kind] ?? "" } }));
  }

  #mute(muted) {
    if (this.#call) this.#call.muted = muted;
    this.#part("mute").setAttribute("aria-pressed", String(muted));
    this.#part("line").classList.toggle("muted", muted);
    if (this.#call) this.#showState(this.#call.state);
  }

  #showState(state) {
    const muted = this.#call.muted && (state === "listening" || state === "hearing");
    this.#part("line").dataset.state = state;
    this.#part("state").textContent = muted ? "Muted" : STATES[state];
    this.#note(state === "reconnecting" ? "The line broke. Trying again." : "");
    this.#transcript.keep(this.#agent);
  }

  #showLevel(level) {
    this.#part("level").style.setProperty("--level", level.toFixed(2));
  }

  #note(text) {
    const note = this.#part("call-note");
    if (note.textContent === text) return;
    note.textContent = text;
    this.#transcript.showEnd();
  }

  /** What the caller said: a place at once, the words when they are known. */
  #heard({ id, text, final }) {
    const caption = this.#caption(id, "caller");
    if (!final) return;
    caption.text = text;
    if (text.trim()) this.#transcript.addWords(caption.line, text);
    this.#finish(id, caption);
  }

  #said({ id, text }) {
    const caption = this.#caption(id, "us");
    caption.line.classList.remove("waiting");
    this.#transcript.addWords(caption.line, text);
    caption.text += text;
  }

  /** Of an answer that was cut only what was heard stays. */
  #done({ id, heard }) {
    const caption = this.#captions.get(id);
    if (!caption) return;
    if (heard !== null) {
      caption.text = heard;
      caption.line.classList.add("cut");
      this.#transcript.replaceWords(caption.line, heard);
    }
    this.#finish(id, caption);
  }

  #caption(id, who) {
    if (!this.#captions.has(id)) {
      const line = this.#transcript.addLine(who);
      line.classList.add("waiting");
      this.#transcript.showEnd();
      this.#captions.set(id, { who, line, text: "", isKept: false });
    }
    return this.#captions.get(id);
  }

  #finish(id, caption) {
    caption.line.classList.remove("waiting");
    if (caption.isKept) return;
    if (!caption.text.trim()) {
      caption.line.remove();
      this.#captions.delete(id);
      return;
    }
    caption.isKept = true;
    this.#transcript.said(caption.who, caption.text);
    this.#transcript.keep(this.#agent);
  }
}
