// Text that looks to a compressor like what people and models write: words by Zipf's law, in sentences.
import { createDice } from '../random.mjs';

const poolChars = 24 * 1024 * 1024;
const wordCount = 8_000;
/** Exponent of Zipf's law. With the size of the vocabulary it decides how text compresses. */
const exponent = 1.06;
const onsets = 'b c d f g h j k l m n p r s t v w st tr pl ch sh th qu br gr'.split(' ');
const vowels = 'a e i o u ea ou ai io ee'.split(' ');
const codas = ['', '', '', 'n', 'r', 's', 't', 'l', 'nd', 'ck', 'm', 'ng', 'ss', 'ct'];

/** Frequent words are short. */
function makeWords(dice) {
  const words = new Set(
    'the of to and a in is it you that for on are with as your this have be at or we can not'.split(
      ' ',
    ),
  );
  while (words.size < wordCount) {
    const syllables = 1 + Math.floor(Math.log10(10 + words.size) * dice.next());
    let word = '';
    for (let count = 0; count < syllables; count += 1)
      word += dice.pick(onsets) + dice.pick(vowels) + dice.pick(codas);
    words.add(word);
  }
  return [...words];
}

/** Draws ranks by Zipf's law, in constant time: each of many equal slots holds a rank. */
function makeSlots(dice) {
  const weights = Array.from({ length: wordCount }, (_, rank) => 1 / (rank + 2.7) ** exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const slots = weights.flatMap((weight, rank) =>
    Array.from({ length: Math.max(1, Math.round((weight / total) * 200_000)) }, () => rank),
  );
  return () => slots[dice.below(slots.length)] ?? 0;
}

/** One long text; pieces of it are what events contain. */
function makePool() {
  const dice = createDice(7);
  const words = makeWords(dice);
  const drawRank = makeSlots(dice);
  const sentences = [];
  for (let length = 0; length < poolChars;) {
    const sentence = Array.from({ length: 4 + dice.below(18) }, () => words[drawRank()]);
    if (dice.chance(0.2)) sentence[dice.below(sentence.length)] = String(dice.below(100_000));
    const text = `${sentence.join(' ')}${dice.pick(['. ', '. ', '. ', '? ', ',\n', ': '])}`;
    sentences.push(text[0].toUpperCase() + text.slice(1));
    length += text.length;
  }
  return Buffer.from(sentences.join('')).toString('latin1');
}

let pool = null;

/** Text of that many characters, beginning at a word. */
export function drawText(dice, chars) {
  pool ??= makePool();
  const place = dice.below(pool.length - chars - 64);
  const start = pool.indexOf(' ', place) + 1;
  return pool.slice(start, start + chars);
}
