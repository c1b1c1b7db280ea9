/**
 * Rules for browsers that run no scripts. React sends what a page waited for in hidden boxes behind the footer and moves
 * it by a script: here the boxes are shown in their place instead of what stands for them. The sheet of Tailwind hides
 * `[hidden]` with `!important` in its layer `base`; only an earlier layer wins over that.
 */
const RULES = `
@layer theme { body > [hidden][id^="S:"] { display: contents !important } }
body > footer { order: 1 }
.workspace-page, body:has(.workspace-page) > footer, .predict-answer[data-closed] { display: block !important }
[data-loading], .needs-script, .code-block figcaption button, .workspace-pane, .workspace-page > .divider { display: none !important }
body { padding-bottom: 0 !important }
`

/** Makes every text readable where scripts do not run, and hides what could do nothing there. */
export function WithoutScripts() {
  return (
    <noscript>
      <style>{RULES}</style>
    </noscript>
  )
}
