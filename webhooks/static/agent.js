// The way to the agent: a caller token, its one call, typed turns out and sentences in.

const PATIENCE_MS = 20000;

/** This script lies one folder below the server that answers, whichever site shows it. */
const SERVER = new URL("../", import.meta.url);

/** Why a turn got no answer: "offline", "unreachable", "busy", "cut" or "failed". */
export class Trouble extends Error {
  constructor(kind, seconds = 0) {
    super(kind);
    this.kind = kind;
    this.seconds = seconds;
  }
}

export class Agent {
  constructor(organisation, { token = null, callId = null } = {}) {
    this.organisation = organisation;
    this.token = token;
    this.callId = callId;
  }

  /** The sentences of the answer, as they come. The same messages again get the same answer. */
  async *answer(messages) {
    let response = await this.#ask(messages);
    if (response.status === 401 || response.status === 404) {
      // The token ended, and its call with it. The next call is told all that was said.
      this.forgetCall();
      response = await this.#ask(messages);
    }
    this.callId = response.headers.get("X-Call-ID") ?? this.callId;
    yield* sentences(checked(response).body, this.patience);
  }

  /** What is said from now on is another call. */
  forgetCall() {
    this.token = null;
    this.callId = null;
  }

  /** A socket for speech in this call; it may still fail to open. */
  async openSocket() {
    this.token ??= await this.#newToken();
    const address = new URL("v1/realtime", SERVER);
    address.protocol = address.protocol.replace("http", "ws");
    address.searchParams.set("model", "ringbook");
    if (this.callId) address.searchParams.set("call_id", this.callId);
    return new WebSocket(address, ["realtime", `openai-insecure-api-key.${this.token}`]);
  }

  async #ask(messages) {
    this.token ??= await this.#newToken();
    const headers = { Authorization: `Bearer ${this.token}` };
    if (this.callId) headers["X-Call-ID"] = this.callId;
    return this.#post("v1/chat/completions", { model: "ringbook", messages, stream: true }, headers);
  }

  async #newToken() {
    const query = this.organisation ? `?organisation=${encodeURIComponent(this.organisation)}` : "";
    const response = await this.#post(`v1/realtime/client_secrets${query}`, {}, {});
    return (await checked(response).json()).value;
  }

  async #post(path, body, headers) {
    this.patience = new Patience();
    try {
      return await fetch(new URL(path, SERVER), {
        method: "POST",
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify(body),
        signal: this.patience.signal,
      });
    } catch {
      this.patience.stop();
      throw new Trouble(navigator.onLine ? "unreachable" : "offline");
    }
  }
}
/** Gives up on an answer of which nothing came for a while. */
class Patience {
  #controller = new AbortController();
  #timer = 0;

  constructor() {
    this.signal = this.#controller.signal;
    this.renew();
  }

  renew() {
    this.stop();
    this.#timer = setTimeout(() => this.#controller.abort(), PATIENCE_MS);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}

function checked(response) {
  if (response.ok) return response;
  if (response.status === 429) {
    throw new Trouble("busy", Number(response.headers.get("Retry-After")) || 5);
  }
  throw new Trouble("failed");
}

async function* sentences(body, patience) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw new Trouble("cut");
      patience.renew();
      const frames = (rest + value).split(/\r?\n\r?\n/);
      rest = frames.pop();
      for (const frame of frames) {
        const data = frame.replace(/^data: ?/, "");
        if (data === "[DONE]") return;
        if (!frame.startsWith("data:")) continue;
        const chunk = JSON.parse(data);
        if (chunk.error) throw new Trouble("failed");
        const text = chunk.choices?.[0]?.delta?.content;
        if (text) yield text;
      }
    }
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(navigator.onLine ? "cut" : "offline");
  } finally {
    patience.stop();
    reader.cancel().catch(() => undefined);
  }
}
