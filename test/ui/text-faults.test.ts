import { expect } from 'vitest';
import { findTextFaults } from './support/text-faults.ts';
import { test } from './support/ui-test.ts';

const narrow = 'display: block; width: 64px; font: 16px monospace;';

test.for([
  [
    'a word that is broken',
    `<button style="${narrow} overflow-wrap: anywhere">Everything</button>`,
  ],
  [
    'a cell that breaks a word',
    `<table><tr><td style="${narrow} overflow-wrap: anywhere">Everything`,
  ],
  ['text that is cut', `<button style="${narrow} overflow: hidden; white-space: nowrap">Save as`],
  [
    'text that what is around it cuts',
    `<div style="${narrow} overflow: hidden"><b><label style="white-space: nowrap">A long label`,
  ],
  [
    'a line that is cut through',
    `<div style="height: 8px; overflow: hidden"><h2 style="margin: 0">Heading`,
  ],
] as const)('%s is found', async ([, html], { ui }) => {
  const page = await ui.openBlank();
  await page.setContent(html);

  expect(await findTextFaults(page)).toHaveLength(1);
});

test.for([
  ['words on two lines', `<button style="${narrow}">Save as view`],
  ['a line that ends after a hyphen', `<button style="${narrow}">gpt-oss-120b`],
  [
    'an ellipsis',
    `<button style="${narrow} overflow: hidden; text-overflow: ellipsis; white-space: nowrap">Save as a view`,
  ],
  [
    'what can be scrolled to',
    `<div style="${narrow} overflow: auto"><button style="white-space: nowrap">Save as a view`,
  ],
  [
    'what is for screen readers',
    `<button style="${narrow}"><span class="visually-hidden" style="position: absolute; width: 1px; overflow: hidden">Save`,
  ],
] as const)('%s is fine', async ([, html], { ui }) => {
  const page = await ui.openBlank();
  await page.setContent(html);

  expect(await findTextFaults(page)).toEqual([]);
});
