/**
 * For what scrolls and has nothing in it that takes the focus: it takes it itself, or no key could scroll it. WCAG
 * 2.1.1; Chromium alone does so unasked.
 */
export const scrolledByKeys = { tabIndex: 0 } as const;
