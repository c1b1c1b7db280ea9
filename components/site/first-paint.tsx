/**
 * Runs before anything is painted, so that neither the theme nor the pane sizes jump. Values are checked before they
 * reach the page: storage is the reader's, not ours.
 */
const script = `(function(){try{
var e=document.documentElement,s=localStorage,t=s.getItem('theme');
if(t==='light'||t==='dark')e.dataset.theme=t;
['split','stack','sheet'].forEach(function(n){var v=s.getItem('layout-'+n);
if(v&&/^\\d{1,3}(\\.\\d)?(%|dvh)$/.test(v))e.style.setProperty('--'+n,v)});
}catch(_){}})()`

export function FirstPaint() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file
  return <script dangerouslySetInnerHTML={{ __html: script }} />
}
