'use client'
import { useEffect } from 'react'

/** How often the page looks whether the server is back, in ms. */
const LOOK_EVERY_MS = 1500

/** Reloads once the server answers after it had not; a page that fails while the server answers is left to its button. */
function reloadWhenBack(): () => void {
  let wasAway = false
  const timer = setInterval(async () => {
    const answers = await fetch('/icon.svg', { cache: 'no-store' }).then(
      (response) => response.ok,
      () => false,
    )
    if (answers && wasAway) window.location.reload()
    wasAway ||= !answers
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

/** The last resort, when not even the layout could be drawn: it has no texts of a language, so it speaks both. */
export default function GlobalError() {
  useEffect(reloadWhenBack, [])
  return (
    <html lang="ko">
      <body
        style={{ font: '17px/1.7 system-ui, sans-serif', margin: '20vh auto', maxWidth: '32rem', padding: '0 1.5rem' }}
      >
        <h1 style={{ fontSize: '1.4rem' }}>화면을 그리지 못했어요</h1>
        <p>하던 일은 저장되어 있어요. 서버가 꺼져 있었다면 켜지는 대로 저절로 돌아와요.</p>
        <div lang="en">
          <h2 style={{ fontSize: '1.4rem' }}>This page could not be drawn</h2>
          <p>Your work is saved. If the server was away, the page comes back by itself once it answers.</p>
        </div>
        <button
          type="button"
          onClick={() => window.location.reload()}
          style={{ font: 'inherit', padding: '0.3rem 1rem' }}
        >
          다시 열기 · Reload
        </button>
      </body>
    </html>
  )
}
