/** The parts of the detail of an event, one at a time. */
export const detailTabs = ['io', 'meta', 'raw'] as const;
export type DetailTab = (typeof detailTabs)[number];
