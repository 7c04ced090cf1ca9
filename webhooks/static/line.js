// The audio socket of one call, taken up again when it breaks.

import { Trouble } from "./agent.js";

/** A call that was cut off waits two minutes; for the first line this is long enough. */
const RESUME_MS = 120000;
const FIRST_LINE_MS = 15000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
/** Five seconds of speech, in frames of 20 ms, are kept while there is no line. */
const KEPT_FRAMES = 250;
/** As much speech, in bytes, that does not leave: the line is dead and nobody has noticed. */
const STUCK_BYTES = 350000;
/** How sockets close: by a hang-up, or when we gave them up ourselves. */
const HUNG_UP = 1000;
const GIVEN_UP = 4000;
/** What the close of a call that was not cut off means. */
const CLOSES = new Map([[1001, "stopping"], [1008, "rate_limited"], [1011, "failed"], [1013, "too_many_calls"]]);
/** Asking once more would not help. */
const HOPELESS = new Set(["busy", "failed"]);

/**
 * Emits "opened" ({anew: whether the agent knows nothing of this call}), "event" (what the server
 * tells), "broken" while it tries again, and "over" ({trouble}: null when we were hung up on).
 */
export class Line extends EventTarget {
  #agent;
  #socket = null;
  #opened = false;
  #begun = false;
  #over = false;
  #brokenAt = 0;
  #wait = FIRST_WAIT_MS;
  #retry = 0;
  /** What could not be sent: words, and the newest sound. */
  #words = [];
  #frames = [];
  #whenOnline = () => this.#retryNow();
  #whenOffline = () => this.#break("offline");

  constructor(agent) {
    super();
    this.#agent = agent;
  }

  open() {
    window.addEventListener("online", this.#whenOnline);
    window.addEventListener("offline", this.#whenOffline);
    void this.#connect();
  }

  /** The caller hangs up. */
  close() {
    this.#over = true;
    clearTimeout(this.#retry);
    window.removeEventListener("online", this.#whenOnline);
    window.removeEventListener("offline", this.#whenOffline);
    this.#socket?.close(HUNG_UP);
    this.#socket = null;
  }

  get isOpen() {
    return this.#opened && this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Words wait for the line. */
  get hasWords() {
    return this.#words.length > 0;
  }

  send(message) {
    const text = JSON.stringify(message);
    if (this.isOpen) this.#socket.send(text);
    else if (!this.#over) this.#words.push(text);
  }

  /** The caller goes on speaking when there is no line: a little of it is kept. */
  sendSound(base64) {
    const text = JSON.stringify({ type: "input_audio_buffer.append", audio: base64 });
    if (this.isOpen) {
      this.#socket.send(text);
      if (this.#socket.bufferedAmount > STUCK_BYTES) this.#break("unreachable");
    } else if (!this.#over) {
      this.#frames.push(text);
      if (this.#frames.length > KEPT_FRAMES) this.#frames.shift();
    }
  }

  async #connect() {
    let socket;
    try {
      socket = await this.#agent.openSocket();
    } catch (error) {
      this.#break(error instanceof Trouble ? error.kind : "failed");
      return;
    }
    if (this.#over) {
      socket.close(HUNG_UP);
      return;
    }
    this.#socket = socket;
    this.#opened = false;
    socket.addEventListener("message", ({ data }) => {
      if (socket === this.#socket) this.#receive(JSON.parse(data));
    });
    socket.addEventListener("close", ({ code }) => {
      if (socket === this.#socket) this.#closed(code);
    });
  }

  #receive(event) {
    if (event.type === "session.created") this.#start(event.session.call_id);
    else this.#tell("event", event);
  }

  #start(callId) {
    const anew = callId !== this.#agent.callId;
    this.#agent.callId = callId;
    this.#opened = this.#begun = true;
    this.#brokenAt = 0;
    this.#wait = FIRST_WAIT_MS;
    this.#tell("opened", { anew });
    const waiting = [...this.#words.splice(0), ...this.#frames.splice(0)];
    for (const text of waiting) this.#socket?.send(text);
  }

  #closed(code) {
    this.#socket = null;
    const wasOpen = this.#opened;
    if (wasOpen && code === HUNG_UP) this.#end(null);
    else if (wasOpen && CLOSES.has(code)) this.#end(CLOSES.get(code));
    else {
      // A browser does not say why a socket did not open. At the first time it may be that the token
      // is over, and the call with it.
      if (!this.#begun && this.#brokenAt === 0) this.#agent.forgetCall();
      this.#break(navigator.onLine ? "unreachable" : "offline");
    }
  }

  /** Once more after a while, until it is too late. */
  #break(kind) {
    if (this.#over) return;
    this.#socket?.close(GIVEN_UP);
    this.#socket = null;
    this.#opened = false;
    this.#brokenAt ||= Date.now();
    const patience = this.#begun ? RESUME_MS : FIRST_LINE_MS;
    if (HOPELESS.has(kind) || Date.now() - this.#brokenAt > patience) {
      this.#end(this.#begun ? kind : `no line: ${kind}`);
      return;
    }
    if (this.#begun) this.#tell("broken", null);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#connect(), this.#wait);
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MS);
  }

  #retryNow() {
    if (this.#over || this.#socket !== null || this.#brokenAt === 0) return;
    clearTimeout(this.#retry);
    void this.#connect();
  }

  #end(trouble) {
    if (this.#over) return;
    this.close();
    this.#tell("over", { trouble });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
