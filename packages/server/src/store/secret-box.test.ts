import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const box = createSecretBox('a'.repeat(43));

test('opens what it sealed, for the same owner alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (text, owner, other) => {
      const sealed = box.seal(text, owner);

      expect(box.open(sealed, owner)).toBe(text);
      expect(box.open(sealed, other)).toBe(other === owner ? text : null);
      expect(createSecretBox('b'.repeat(43)).open(sealed, owner)).toBeNull();
    }),
  );
});

test('two seals of one text are different, and a changed one does not open', () => {
  const sealed = box.seal('whsec_x', 'd');
  const bytes = Buffer.from(sealed, 'base64url');

  expect(box.seal('whsec_x', 'd')).not.toBe(sealed);
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    expect(box.open(changed.toString('base64url'), 'd')).toBeNull();
  }
  expect(box.open('', 'd')).toBeNull();
});
