// Small comforts that need no framework: number keys, copying a link. The page works without them.
(() => {
  "use strict";

  const isTyping = (target) =>
    target.isContentEditable ||
    target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

  // 1 to 9 pick an answer of the question on the screen.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!/^[1-9]$/.test(event.key) || isTyping(event.target)) return;
    const radio = document.querySelectorAll("[data-number-keys] input[type=radio]")[event.key - 1];
    if (!radio) return;
    event.preventDefault();
    radio.focus();
    radio.click();
  });

  // <button data-copy="text or address"> and, right after it, an element that takes the answer.
  const copy = async (button) => {
    const given = button.dataset.copy;
    const isAddress = given === "" || given.startsWith("/") || given.startsWith("?");
    const text = isAddress ? new URL(given || location.href, location.href).href : given;
    const status = button.nextElementSibling;
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = button.dataset.copied || "Copied";
    } catch {
      // No permission, or a page without https: show the text, ready to be copied by hand.
      const field = document.createElement("input");
      field.readOnly = true;
      field.value = text;
      field.setAttribute("aria-label", "Copy this");
      field.className = "copy-by-hand";
      status.replaceChildren(field);
      field.focus();
      field.select();
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if ("copy" in button.dataset) copy(button);
    // A list of suggestions folds up once one of them was taken.
    const list = button.closest("details[data-closes]");
    if (list) list.open = false;
  });

  // A sheet of paper says where it came from, and when.
  window.addEventListener("beforeprint", () => {
    const line = document.getElementById("printed-from");
    const day = new Date().toLocaleDateString("sv-SE"); // 2026-11-20
    if (line) line.textContent = `Printed on ${day} from ${location.href}`;
  });

  // Going back to an address that this tab wrote itself is no link to follow (components/browser.py).
  window.addEventListener("popstate", () => {
    try {
      sessionStorage.setItem("own_address", history.state?.own ? "own" + location.search : "foreign");
    } catch {
      // Without storage every address counts as a link.
    }
  });
})();
