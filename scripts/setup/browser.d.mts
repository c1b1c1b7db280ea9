/** Where the browser for the tests is: a path, `'playwright'` for Playwright's own, or undefined. */
export function browserPath(): string | undefined
/** Installs one; ends with a sentence that says what to do where that is impossible. */
export function installBrowser(): void
