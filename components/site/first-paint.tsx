import { firstPaintScript } from './preferences.ts'

export function FirstPaint() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
  return <script dangerouslySetInnerHTML={{ __html: firstPaintScript }} />
}
