// One script tag puts the conversation on another site:
//   <script src="https://…/widget.js" data-organisation="willow" async></script>
// A page with a content security policy names our address in script-src and connect-src; styles are
// built in the shadow root and need no permission.

(() => {
  const script = document.currentScript;
  if (!script) {
    console.error("widget.js wants a script tag of its own, without type=module.");
    return;
  }
  const server = new URL("./", script.src);
  const { organisation = "", label = "Talk to us" } = script.dataset;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  const open = element("button", { type: "button", id: "open", textContent: label });
  const title = element("h2", { id: "title", textContent: label });
  const close = element("button", { type: "button", id: "close", textContent: "\u2715" });
  const scroller = element("div", { id: "scroller" });
  const panel = element("div", { id: "panel", hidden: true }, element("header", {}, title, close), scroller);
  const frame = element("div", { id: "frame" }, panel, open);
  const host = document.createElement("ringbook-widget");
  const shadow = host.attachShadow({ mode: "open" });
  let conversation = null;

  open.setAttribute("aria-expanded", "false");
  close.setAttribute("aria-label", "Close");
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "title");

  async function fetched(path) {
    const response = await fetch(new URL(path, server));
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.text();
  }

  async function sheet(path) {
    const made = new CSSStyleSheet();
    made.replaceSync(await fetched(path));
    return made;
  }

  async function fill() {
    const query = organisation ? `?organisation=${encodeURIComponent(organisation)}` : "";
    const [markup, { Conversation }] = await Promise.all([
      fetched(`v1/widget${query}`),
      import(new URL("static/conversation.js", server)),
    ]);
    const parsed = new DOMParser().parseFromString(markup, "text/html");
    title.textContent = parsed.title;
    scroller.replaceChildren(...parsed.body.children);
    const filled = new Conversation(shadow, scroller);
    filled.onCall = (isOn) => {
      frame.classList.toggle("calling", isOn);
      open.textContent = isOn ? "Back to your call" : label;
    };
    return filled;
  }

  function show(shown) {
    panel.hidden = !shown;
    open.hidden = shown;
    open.setAttribute("aria-expanded", String(shown));
    frame.classList.toggle("shown", shown);
  }

  async function enter() {
    show(true);
    close.focus();
    try {
      // Two clicks in a row wait for the same one.
      conversation ??= fill();
      (await conversation).focus();
    } catch (error) {
      conversation = null;
      scroller.replaceChildren(element("p", { textContent: "We cannot be reached just now." }));
      console.error(error);
    }
  }

  open.addEventListener("click", () => void enter());
  close.addEventListener("click", () => {
    show(false);
    open.focus();
  });
  for (const type of ["keydown", "keypress", "keyup"]) {
    // What is typed here is no shortcut of the page around it.
    frame.addEventListener(type, (event) => event.stopPropagation());
  }
  panel.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") close.click();
  });

  function appear(sheets) {
    shadow.adoptedStyleSheets = sheets;
    shadow.append(frame);
    frame.style.setProperty("--place", document.querySelectorAll("ringbook-widget").length);
    // No rule of the page reaches further than this.
    host.style.setProperty("all", "initial", "important");
    document.body.append(host);
  }

  Promise.all([sheet("static/conversation.css"), sheet("static/widget.css")])
    .then((sheets) => {
      if (document.body) appear(sheets);
      else document.addEventListener("DOMContentLoaded", () => appear(sheets));
    })
    .catch((error) => console.error(error));
})();
