export { KINDS, LANGUAGES, type Kind, type Language, type NamedLine } from './kinds.js';
export { Sentence, type Texts } from './sentence.js';
