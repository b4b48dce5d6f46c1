// What a browser has and bare V8 has not, as far as the form engine asks for it: a DOM for reading XML, addresses, text
// encoding, blobs. All of it comes from well-kept packages but the thin join below. Loaded before the engine.
import { DOMImplementation, DOMParser, Document, Element, Node, XMLSerializer } from "@xmldom/xmldom";
import "core-js/actual/atob.js";
import "core-js/actual/btoa.js";
import "core-js/actual/queue-microtask.js";
import "core-js/actual/structured-clone.js";
import "core-js/actual/url/index.js";
import { is, selectAll } from "css-select";
import "fast-text-encoding";

const elementsOf = (node) => Array.from(node.childNodes ?? []).filter((each) => each.nodeType === Node.ELEMENT_NODE);
const holds = (outer, inner) => {
  for (let node = inner; node; node = node.parentNode) if (node === outer) return true;
  return false;
};
// How css-select walks a document it does not know.
const adapter = {
  isTag: (node) => node.nodeType === Node.ELEMENT_NODE,
  getAttributeValue: (element, name) => (element.hasAttribute(name) ? element.getAttribute(name) : undefined),
  getChildren: (node) => Array.from(node.childNodes ?? []),
  getName: (element) => element.localName,
  getParent: (node) => node.parentNode,
  getSiblings: (node) => (node.parentNode ? Array.from(node.parentNode.childNodes) : [node]),
  getText: (node) => node.textContent,
  hasAttrib: (element, name) => element.hasAttribute(name),
  removeSubsets: (nodes) => nodes.filter((node) => !nodes.some((other) => other !== node && holds(other, node))),
  existsOne: (test, nodes) => adapter.findAll(test, nodes).length > 0,
  findOne: (test, nodes) => adapter.findAll(test, nodes)[0] ?? null,
  findAll: (test, nodes) =>
    nodes.filter(adapter.isTag).flatMap((node) => [...(test(node) ? [node] : []), ...adapter.findAll(test, adapter.getChildren(node))]),
};
const selection = { adapter, xmlMode: true };

const missing = {
  get children() { return elementsOf(this); },
  get firstElementChild() { return elementsOf(this)[0] ?? null; },
  get lastElementChild() { return elementsOf(this).at(-1) ?? null; },
  get parentElement() { return this.parentNode?.nodeType === Node.ELEMENT_NODE ? this.parentNode : null; },
  get outerHTML() { return new XMLSerializer().serializeToString(this); },
  append(...nodes) { nodes.forEach((node) => this.appendChild(node)); },
  prepend(...nodes) { nodes.forEach((node) => this.insertBefore(node, this.firstChild)); },
  remove() { this.parentNode?.removeChild(this); },
  replaceWith(node) { this.parentNode.replaceChild(node, this); },
  querySelectorAll(selector) { return selectAll(selector, adapter.getChildren(this), { ...selection, context: [this] }); },
  querySelector(selector) { return this.querySelectorAll(selector)[0] ?? null; },
  matches(selector) { return is(this, selector, selection); },
};
for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(missing)))
  if (!(name in Node.prototype)) Object.defineProperty(Node.prototype, name, { ...member, enumerable: false });

// The engine insists on a constructor called Node without arguments; minifying takes the name, so it is given back.
function named(real, name) {
  const shown = function () {};
  Object.defineProperty(shown, "name", { value: name });
  Object.assign(shown, real);
  shown.prototype = real.prototype;
  return shown;
}

class Blob {
  constructor(parts = [], options = {}) {
    this.content = parts.join("");
    this.type = options.type ?? "";
  }
  get size() { return this.content.length; }
  async text() { return this.content; }
  async arrayBuffer() { return new TextEncoder().encode(this.content).buffer; }
}
class File extends Blob {
  constructor(parts, name, options) {
    super(parts, options);
    this.name = name;
  }
}
class FormData extends Map {
  append(name, value) { this.set(name, value); }
}

// Names of instances only: nothing secret is made here, and no number of it leaves the engine.
const hexadecimal = () => Math.floor(Math.random() * 16).toString(16);
const crypto = {
  randomUUID() { return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, hexadecimal); },
  getRandomValues(values) { return values.map(() => Math.random() * 2 ** 32); },
};
const silent = () => {};
const offered = {
  Node: named(Node, "Node"), Element, Document, DOMParser, XMLSerializer, Blob, File, FormData, crypto,
  document: new DOMImplementation().createDocument(null, "html", null),
  performance: { now: () => Date.now() },
  console: { log: silent, info: silent, warn: silent, error: silent, debug: silent },
  fetch: () => Promise.reject(new Error("A form may not ask the network.")),
  FileReader: class {},
};
globalThis.self ??= globalThis;
globalThis.window ??= globalThis;
for (const [name, value] of Object.entries(offered)) globalThis[name] ??= value;
