// The one door to the form engine: Python hands over a form and answers, and gets back what a person would see. No state is
// kept between two calls but the forms themselves, so that any process can answer any request.
import "./platform.mjs";
import { constants, loadForm } from "@getodk/xforms-engine";

const KEPT_FORMS = 6;
const ROUNDS = 4; // an answer may open a question, whose answer opens a choice: so often all answers are tried again
const MOST_REPEATS = 200;
const forms = new Map();

function textOf(range) {
  if (!range) return "";
  const plain = range.asString;
  if (!/[*_#<[\n]/.test(plain)) return plain.trim(); // most labels: reading Markdown of 600 choices takes longer than all logic
  const read = (node) => {
    if (node.role === "child") return node.value;
    if (node.role === "line-break") return "\n";
    if (node.role === "html") return node.unsafeHtml.replace(/<br\s*\/?>/gi, "\n").replace(/<[^>]*>/g, "");
    const inner = node.children.map(read).join("");
    return /^(p|div|li|h[1-6])$/.test(node.elementName) ? `${inner}\n` : inner;
  };
  return range.formatted.map(read).join("").replace(/\n{3,}/g, "\n\n").trim();
}

const pictureOf = (range) => range?.imageSource?.href?.split("/").pop() ?? "";
const partsOf = (state) => state.reference.split("/").slice(2).join("/");
const isLeaf = (node) => node.definition.category !== "subtree" && node.currentState.children === null;

function respond(files, address) {
  const text = files[String(address).split("/").pop()];
  const ok = text !== undefined;
  const headers = { get: (name) => (name.toLowerCase() === "content-type" ? "text/csv" : null) };
  return Promise.resolve({ ok, status: ok ? 200 : 404, headers, text: async () => text ?? "", blob: async () => new Blob([text ?? ""], { type: "text/csv" }) });
}

async function load(key, xml, files) {
  if (!forms.has(key)) {
    const form = await loadForm(xml, {
      fetchFormAttachment: (address) => respond(files, address),
      missingResourceBehavior: constants.MISSING_RESOURCE_BEHAVIOR.BLANK,
    });
    if (form.status === "failure") throw new Error(String(form.error?.message ?? form.error));
    forms.set(key, form);
    if (forms.size > KEPT_FORMS) forms.delete(forms.keys().next().value);
  }
  return JSON.stringify({ languages: languagesOf(forms.get(key).createInstance().root) });
}

const languagesOf = (root) => root.languages.map((each) => each.language).filter(Boolean);

// What a typed answer must look like before the engine may see it; what does not is told, never guessed.
const SHAPES = {
  int: /^-?\d{1,9}$/, decimal: /^-?\d{1,15}([.]\d{1,9})?$/, date: /^\d{4}-\d\d-\d\d$/, time: /^\d\d:\d\d(:\d\d([.]\d+)?)?(Z|[+-]\d\d:\d\d)?$/,
  dateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d/, geopoint: /^-?\d+([.]\d+)?( -?\d+([.]\d+)?){1,3}$/,
};

function place(node, answer) {
  const text = Array.isArray(answer) ? answer.join(" ") : String(answer);
  if (node.nodeType === "select") node.selectValues(text.split(" ").filter((each) => node.getValueOption(each)));
  else if (node.nodeType === "rank") node.setValues(text.split(" ").filter(Boolean));
  else if (node.nodeType === "trigger") node.setValue(text === "OK" || text === "true");
  else if (node.nodeType === "input" || node.nodeType === "range") node.setValue(node.valueType === "geopoint" ? pointOf(text) : text);
}

function pointOf(text) {
  const [latitude, longitude, altitude = 0, accuracy = 0] = text.split(" ").map(Number);
  return { latitude, longitude, altitude, accuracy };
}

function readable(node, answer) {
  const shape = SHAPES[node.valueType];
  return Array.isArray(answer) || !shape || node.nodeType === "select" || shape.test(String(answer));
}

const asText = (answer) => (Array.isArray(answer) ? answer.join(" ") : String(answer));
const sameValue = (one, other) => one === other || (one !== "" && Number(one) === Number(other)) || sorted(one) === sorted(other);
const sorted = (text) => text.split(" ").sort().join(" ");

// Puts the answers in, in the order of the form, until a round changes nothing more. Returns what could not be put.
function fill(root, answers) {
  let left = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    left = {};
    let changed = false;
    const visit = (node) => {
      const state = node.currentState;
      const path = partsOf(state);
      if (node.nodeType === "repeat-range:uncontrolled") changed = count(node, answers[`${path}#`]) || changed;
      if (!isLeaf(node)) return node.currentState.children.forEach(visit);
      const answer = answers[path];
      if (answer === undefined || node.nodeType === "model-value" || node.nodeType === "note" || node.nodeType === "upload") return undefined;
      if (!state.relevant) return void (left[path] = "irrelevant");
      if (state.readonly) return void (left[path] = "readonly");
      if (!readable(node, answer)) return void (left[path] = "unreadable");
      if (sameValue(state.instanceValue, asText(answer))) return undefined;
      try {
        const before = state.instanceValue;
        place(node, answer);
        changed = changed || node.currentState.instanceValue !== before;
      } catch {
        left[path] = "unreadable";
      }
      if (node.nodeType === "select" && !sameValue(node.currentState.instanceValue, asText(answer))) left[path] = "no_choice";
      return undefined;
    };
    root.currentState.children.forEach(visit);
    if (!changed) break;
  }
  return left;
}

function count(range, wanted) {
  const has = range.currentState.children.length;
  const wants = Math.min(Number(wanted ?? has), MOST_REPEATS);
  if (wants > has) range.addInstances(has - 1, wants - has);
  if (wants < has) range.removeInstances(wants, has - wants);
  return wants !== has;
}

function problemOf(node, left) {
  const path = partsOf(node.currentState);
  if (left[path] && left[path] !== "irrelevant" && left[path] !== "readonly") return { kind: left[path], message: "" };
  const violation = node.validationState?.violation;
  return violation ? { kind: violation.condition, message: textOf(violation.message) } : null;
}

function rangeOf(node) {
  const bounds = node.definition.bounds ?? node.definition.bodyElement?.bounds;
  return bounds ? { min: String(bounds.min), max: String(bounds.max), step: String(bounds.step) } : null;
}

function describe(node, left) {
  const state = node.currentState;
  const told = { kind: node.nodeType, path: partsOf(state), relevant: state.relevant };
  if (!state.relevant) return told;
  Object.assign(told, {
    label: textOf(state.label), hint: textOf(state.hint), image: pictureOf(state.label),
    appearance: [...(node.appearances ?? [])],
  });
  if (!isLeaf(node)) return Object.assign(told, { children: state.children.map((child) => describe(child, left)) });
  Object.assign(told, {
    type: node.valueType, value: state.instanceValue, required: state.required, readonly: state.readonly,
    problem: problemOf(node, left), range: node.nodeType === "range" ? rangeOf(node) : null, many: node.selectType === "select",
    options: (state.valueOptions ?? []).map((each) => ({ value: each.value, label: textOf(each.label), image: pictureOf(each.label) })),
  });
  return told;
}

function evaluate(key, language, answers) {
  const form = forms.get(key);
  if (!form) throw new Error("not loaded");
  const { root } = form.resetInstance(); // ends the instance before, which the form would otherwise hold for ever
  const wanted = language && root.languages.find((each) => each.language === language);
  if (wanted) root.setLanguage(wanted);
  const left = fill(root, answers);
  return JSON.stringify({ language: root.currentState.activeLanguage.language, left, children: root.currentState.children.map((child) => describe(child, left)) });
}

// A failure is a sentence, never a stack through a minified line.
const told = (error) => JSON.stringify({ error: String(error?.message ?? error).slice(0, 2000) });

globalThis.safarForms = {
  load: (...given) => load(...given).catch(told),
  evaluate(...given) {
    try {
      return evaluate(...given);
    } catch (error) {
      return told(error);
    }
  },
  forget: () => forms.clear(),
};
