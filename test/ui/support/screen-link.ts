import type { Locator, Page } from 'playwright-core';

/** The link of the rail to a screen; screens have links of the same name. */
export const screenLink = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name, exact: true });
