// What is typed in the chat is not the page's business: to the page it all seems to come from one element that is no
// text box, so its one-letter shortcuts would fire.

const OWN = ["keydown", "keypress", "keyup", "beforeinput", "input", "compositionstart", "compositionupdate", "compositionend", "copy", "cut", "paste"];

let closed = false; // by the Escape key that is still down

/** Have what is typed end at an element. Escape goes on to the page where it has closed nothing of ours. */
export function keepKeys(host) {
  for (const type of OWN) host.addEventListener(type, (event) => goesOn(event) || event.stopPropagation());
}

/** Say whether a key press closes something; if so, it does no more than that. */
export function escapes(event) {
  if (event.key !== "Escape" || event.isComposing) return false; // which ends a composition (Japanese, Chinese, ...)
  event.stopPropagation();
  closed = true;
  return true;
}

function goesOn(event) {
  if (event.key !== "Escape" || event.isComposing) return false;
  if (event.type === "keydown" && !event.repeat) closed = false;
  return !closed;
}
