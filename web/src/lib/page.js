// Small services of the browser.

/** Put text on the clipboard; say whether it got there. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text); // only where the page came over TLS or from this machine
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Have the reader save text as a file. */
export function saveText(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Say whether the reader points with a finger: focusing a text box would then open the keyboard over the page. */
export function touches() {
  return matchMedia("(pointer: coarse)").matches;
}

/** Say whether the reader has asked for less motion. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function copyBySelection(text) {
  const box = document.createElement("textarea");
  const before = document.activeElement;
  box.value = text;
  box.style.cssText = "position:fixed;inset-block-start:0;opacity:0";
  document.body.append(box);
  box.select();
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } catch {
    // Not allowed here.
  }
  box.remove();
  before?.focus?.();
  return copied;
}
