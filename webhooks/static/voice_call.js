// One spoken call: the microphone into the line, the answer out of the loudspeaker.

import { Line } from "./line.js";
import { NoSound, Sound } from "./sound.js";

/** Errors of the server without which there is no speaking. */
const NO_SPEECH = new Set(["speech_unavailable", "speech_loading"]);

/**
 * Emits "state" (connecting, listening, hearing, thinking, speaking, reconnecting), "level" (0 to
 * 1), "heard" ({id, text, final}: the caller's words), "said" ({id, text}: more of ours), "done"
 * ({id, heard}: null, or what was heard of an answer that was cut), and once "ended" ({by: "caller"
 * or "us", trouble: null or a kind of trouble}).
 */
export class VoiceCall extends EventTarget {
  #line;
  #sound = new Sound();
  /** The caller is speaking. */
  #hearing = false;
  /** His words are known, and an answer to them is not begun. */
  #expecting = false;
  #answering = false;
  /** Something of the answer in the making was played. */
  #audible = false;
  /** The item that is being played, and the last one whose end was cut off. */
  #playing = null;
  #cutOff = null;
  /** The greeting stands on the page already: the item that says it is not told. */
  #greets = false;
  #greeting = null;
  /** The line broke over an answer: it is asked for once more. */
  #owed = false;
  /** How the call ends once its last words were played. */
  #ending = null;
  state = "connecting";

  constructor(agent) {
    super();
    this.#line = new Line(agent);
    this.#line.addEventListener("opened", ({ detail }) => this.#opened(detail));
    this.#line.addEventListener("event", ({ detail }) => this.#receive(detail));
    this.#line.addEventListener("broken", () => this.#broken());
    this.#line.addEventListener("over", ({ detail }) => this.#over(detail));
    this.#sound.addEventListener("frame", ({ detail }) => this.#hear(detail));
    this.#sound.addEventListener("played", ({ detail }) => this.#played(detail));
    this.#sound.addEventListener("lost", () => this.#end({ by: "us", trouble: "no microphone" }));
  }

  async start() {
    try {
      await this.#sound.open();
    } catch (error) {
      console.warn(error);
      this.#end({ by: "us", trouble: error instanceof NoSound ? error.kind : "no sound" });
      return;
    }
    if (this.state === "ended") this.#sound.close();
    else this.#line.open();
  }

  get muted() {
    return this.#sound.muted;
  }

  set muted(value) {
    this.#sound.muted = value;
    if (value) this.#tell("level", 0);
  }

  /** Words typed in the middle of the call; they end what we are saying. */
  type(text) {
    this.#breakIn();
    if (this.#answering && this.#line.isOpen) this.#line.send({ type: "response.cancel" });
    const content = [{ type: "input_text", text }];
    const item = { type: "message", role: "user", content };
    this.#line.send({ type: "conversation.item.create", item });
    this.#line.send({ type: "response.create" });
    this.#expecting = true;
    this.#settle();
  }

  hangUp() {
    this.#end({ by: "caller", trouble: null });
  }

  #opened({ anew }) {
    this.#greets = anew && !this.#line.hasWords;
    const owed = this.#owed && !this.#line.hasWords;
    if (this.#greets || owed) this.#line.send({ type: "response.create" });
    this.#owed = false;
    this.#settle();
  }

  #broken() {
    this.#owed ||= this.#answering || this.#expecting || this.#playing !== null;
    this.#hearing = this.#answering = this.#expecting = false;
    this.#breakIn();
    this.#become("reconnecting");
  }

  #over({ trouble }) {
    this.#answering = false;
    this.#ending ??= { by: "us", trouble };
    if (this.#playing === null) this.#end(this.#ending);
  }

  #receive(event) {
    switch (event.type) {
      case "input_audio_buffer.speech_started":
        this.#breakIn();
        this.#hearing = true;
        break;
      case "input_audio_buffer.speech_stopped":
        this.#hearing = false;
        break;
      case "input_audio_buffer.committed":
        this.#expecting = true;
        this.#tell("heard", { id: event.item_id, text: "", final: false });
        break;
      case "conversation.item.input_audio_transcription.completed":
        this.#tell("heard", { id: event.item_id, text: event.transcript, final: true });
        break;
      case "conversation.item.input_audio_transcription.failed":
        this.#tell("heard", { id: event.item_id, text: "", final: true });
        break;
      case "response.created":
        this.#answering = true;
        this.#expecting = this.#audible = false;
        break;
      case "response.output_item.added":
        if (this.#greets) this.#greeting = event.item.id;
        this.#greets = false;
        break;
      case "response.output_audio_transcript.delta":
        if (event.item_id === this.#greeting) break;
        this.#tell("said", { id: event.item_id, text: event.delta });
        break;
      case "response.output_audio.delta":
        this.#speak(event.item_id, event.delta);
        break;
      case "response.output_item.done":
        this.#done(event.item);
        break;
      case "response.done":
        this.#answering = false;
        break;
      case "error":
        console.warn(event.error.message);
        if (NO_SPEECH.has(event.error.code)) this.#end({ by: "us", trouble: event.error.code });
        break;
    }
    this.#settle();
  }

  #done({ id, status, content }) {
    if (id === this.#greeting) return;
    const heard = status === "completed" ? null : (content[0]?.transcript ?? "");
    this.#tell("done", { id, heard });
  }

  #speak(item, base64) {
    if (item === this.#cutOff) return;
    this.#playing = item;
    this.#audible = true;
    this.#sound.play(item, base64);
  }

  #breakIn() {
    if (this.#playing === null) return;
    this.#cutOff = this.#playing;
    this.#playing = null;
    this.#sound.silence();
  }

  #played({ item, milliseconds, silent, cleared }) {
    if (cleared && item !== null && item === this.#cutOff && this.#line.isOpen) {
      this.#line.send({
        type: "conversation.item.truncate",
        item_id: item,
        content_index: 0,
        audio_end_ms: milliseconds,
      });
    }
    if (!silent) return;
    this.#playing = null;
    if (this.#ending !== null) this.#end(this.#ending);
    else this.#settle();
  }

  #hear({ base64, level }) {
    this.#tell("level", this.muted ? 0 : Math.min(1, 1.8 * Math.sqrt(level)));
    this.#line.sendSound(base64);
  }

  #settle() {
    if (!this.#line.isOpen) return;
    if (this.#hearing) this.#become("hearing");
    else if (this.#playing !== null || (this.#answering && this.#audible)) this.#become("speaking");
    else if (this.#answering || this.#expecting) this.#become("thinking");
    else this.#become("listening");
  }

  #end(how) {
    if (this.state === "ended") return;
    this.state = "ended";
    this.#line.close();
    this.#sound.close();
    this.#tell("ended", how);
  }

  #become(state) {
    if (this.state === state || this.state === "ended") return;
    this.state = state;
    this.#tell("state", state);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
