// The caller page: one conversation, as long as the window.

import { Conversation } from "./conversation.js";

const conversation = new Conversation(document, document.scrollingElement);
if (matchMedia("(pointer: fine)").matches) conversation.focus();
