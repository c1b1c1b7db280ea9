/**
 * Puts the remembered theme, pane sizes and a closed track map on the root element. Values are checked before they reach the page: storage
 * is the reader's, not ours. `firstPaintScript` is the same as text, for the head of the page.
 */
export function applyPreferences(): void {
  try {
    const root = document.documentElement
    const theme = localStorage.getItem('theme')
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    if (localStorage.getItem('track') === 'closed') root.dataset.track = 'closed'
    for (const name of ['split', 'stack', 'sheet']) {
      const length = localStorage.getItem(`layout-${name}`)
      if (length && /^\d{1,3}(\.\d)?(%|dvh)$/.test(length)) root.style.setProperty(`--${name}`, length)
    }
  } catch {
    // Storage may be off: the page then shows as it comes.
  }
}

/** Runs before anything is painted, so that neither the theme nor the pane sizes jump. */
export const firstPaintScript = `(function(){try{
var e=document.documentElement,s=localStorage,t=s.getItem('theme');
if(t==='light'||t==='dark')e.dataset.theme=t;
if(s.getItem('track')==='closed')e.dataset.track='closed';
['split','stack','sheet'].forEach(function(n){var v=s.getItem('layout-'+n);
if(v&&/^\\d{1,3}(\\.\\d)?(%|dvh)$/.test(v))e.style.setProperty('--'+n,v)});
}catch(_){}})()`
