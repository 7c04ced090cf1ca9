// The sound of one call: the microphone as frames to send, and a loudspeaker that can be silenced.

const LINE_RATE = 24000;
/** Frames of silence, 20 ms each, that follow a muting: what was being said has an end then. */
const SILENT_FRAMES = 125;

/** Why there is no sound: "insecure", "refused", "no microphone" or "no sound". */
export class NoSound extends Error {
  constructor(kind, cause) {
    super(kind, { cause });
    this.kind = kind;
  }
}

/**
 * Emits "frame" ({base64, level: 0 to 1}) for each 20 ms, "played" ({item, milliseconds of it, silent:
 * nothing is left to play, cleared}), and "lost" when the microphone is taken away.
 */
export class Sound extends EventTarget {
  #stream = null;
  #hearing = null;
  #speaking = null;
  #speaker = null;
  /** Samples given to the speaker. */
  #given = 0;
  #muted = false;
  #silentFrames = 0;

  /** Ask for the microphone and start both ends; after a click, or browsers stay silent. */
  async open() {
    if (!navigator.mediaDevices?.getUserMedia) throw new NoSound("insecure");
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
    } catch (error) {
      const refused = error.name === "NotAllowedError" || error.name === "SecurityError";
      throw new NoSound(refused ? "refused" : "no microphone", error);
    }
    for (const track of this.#stream.getTracks()) {
      track.addEventListener("ended", () => this.#tell("lost", null));
    }
    try {
      // Two contexts: not every browser lets a microphone into one of another rate than its own.
      await Promise.all([this.#openMicrophone(), this.#openSpeaker()]);
    } catch (error) {
      this.close();
      throw new NoSound("no sound", error);
    }
  }

  async #openMicrophone() {
    this.#hearing = new AudioContext({ latencyHint: "interactive" });
    await this.#hearing.audioWorklet.addModule(new URL("microphone.js", import.meta.url));
    const microphone = new AudioWorkletNode(this.#hearing, "microphone", {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: "explicit",
    });
    microphone.port.onmessage = ({ data }) => this.#heard(data);
    this.#hearing.createMediaStreamSource(this.#stream).connect(microphone);
    await this.#hearing.resume();
  }

  async #openSpeaker() {
    this.#speaking = new AudioContext({ sampleRate: LINE_RATE, latencyHint: "interactive" });
    await this.#speaking.audioWorklet.addModule(new URL("speaker.js", import.meta.url));
    this.#speaker = new AudioWorkletNode(this.#speaking, "speaker", {
      numberOfInputs: 0,
      outputChannelCount: [1],
    });
    this.#speaker.port.onmessage = ({ data }) => {
      this.#tell("played", { ...data, silent: data.spent === this.#given });
    };
    this.#speaker.connect(this.#speaking.destination);
    await this.#speaking.resume();
  }

  get muted() {
    return this.#muted;
  }

  set muted(value) {
    this.#muted = value;
    this.#silentFrames = 0;
  }

  /** Play this when what came before has been played. */
  play(item, base64) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const whole = new Int16Array(bytes.buffer, 0, bytes.length >> 1);
    this.#given += whole.length;
    this.#speaker?.port.postMessage({ item, samples: Float32Array.from(whole, (s) => s / 32768) });
  }

  /** Fall silent; "played" then tells, as cleared, how much was heard. */
  silence() {
    this.#speaker?.port.postMessage({ clear: true });
  }

  close() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    for (const context of [this.#hearing, this.#speaking]) {
      if (context && context.state !== "closed") void context.close();
    }
    this.#speaker = null;
  }

  #heard({ pcm, level }) {
    const bytes = new Uint8Array(pcm);
    if (this.#muted) {
      // Not for long: the agent would take silence for an answer that does not come.
      this.#silentFrames += 1;
      if (this.#silentFrames > SILENT_FRAMES) return;
      bytes.fill(0);
    }
    this.#tell("frame", { base64: btoa(String.fromCharCode(...bytes)), level });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
