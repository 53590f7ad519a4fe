// Suggestions while typing, for the last word in the search box. Without this script there is a datalist.
"use strict";

const form = document.querySelector("form[data-suggest]");
const box = form.querySelector("input[type=search]");
const list = document.createElement("ul");
const WAIT = 120; // milliseconds after the last key
let timer, asked = "", chosen = -1;

list.id = "suggestions";
list.className = "suggestions";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", form.querySelector("label").textContent);
list.hidden = true;
box.after(list);
box.removeAttribute("list");
for (const [name, value] of Object.entries({
  role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
})) box.setAttribute(name, value);

const lastWord = () => box.value.match(/[^\s"“”()（）]*$/)[0].replace(/^.*[:：]=?/, "");

function close() {
  list.hidden = true;
  list.replaceChildren();
  chosen = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function piece(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}

function show(found) {
  close();
  found.forEach((each, at) => {
    const item = document.createElement("li");
    item.id = `suggestion-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.value = each.value;
    item.append(piece("label", each.label), piece("value", each.value), piece("count", each.count));
    list.append(item);
  });
  list.hidden = !found.length;
  box.setAttribute("aria-expanded", String(!list.hidden));
}

async function suggest() {
  const word = lastWord();
  if (word === asked) return;
  asked = word;
  if (!word) return close();
  const address = new URL(form.dataset.suggest, location.href);
  address.searchParams.set("q", word);
  try {
    const answer = await fetch(address);
    if (answer.ok && word === asked) show(await answer.json());
  } catch {
    close();
  }
}

function choose(step) {
  const items = list.children;
  items[chosen]?.setAttribute("aria-selected", "false");
  chosen = (chosen + step + items.length + (chosen < 0 && step < 0 ? 1 : 0)) % items.length;
  items[chosen].setAttribute("aria-selected", "true");
  items[chosen].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", items[chosen].id);
}

function take(item) {
  const value = /[\s"“”()（）|｜:：*?-]/.test(item.dataset.value) ? `"${item.dataset.value.replaceAll('"', '""')}"` : item.dataset.value;
  box.value = box.value.slice(0, box.value.length - lastWord().length) + value;
  asked = lastWord();
  close();
  box.focus();
}

box.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(suggest, WAIT);
});
box.addEventListener("compositionend", () => { timer = setTimeout(suggest, WAIT); });
box.addEventListener("keydown", (event) => {
  if (list.hidden || event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    choose(event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
  } else if (event.key === "Enter" && chosen >= 0) {
    take(list.children[chosen]);
    event.preventDefault();
  } else if (event.key === "Escape") {
    close();
  }
});
list.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const item = event.target.closest("li");
  if (item) take(item);
});
box.addEventListener("blur", close);
