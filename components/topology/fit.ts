import type { TopologyView } from '../../server/protocol.ts'
import { type Layout, layoutTopology, roomyWidth } from './layout.ts'

export interface Space {
  readonly width: number
  readonly height: number
}
export interface Fitted {
  readonly layout: Layout
  /** How much larger than its own measures the drawing is shown. */
  readonly scale: number
}

const SCALES = [1.4, 1.3, 1.2, 1.1] as const

const LEAST_SCALE = 0.66

/** The largest drawing that still fits: few things are drawn big, many at their least size. */
export function fitTopology(view: TopologyView, { width, height }: Space): Fitted {
  for (const scale of SCALES) {
    if (width / scale < roomyWidth) continue
    const layout = layoutTopology(view, width / scale, height / scale)
    if (layout.width * scale <= width && layout.height * scale <= height) return { layout, scale }
  }
  const layout = layoutTopology(view, width, height)
  if (width === 0 || layout.width <= width) return { layout, scale: 1 }
  // On a phone everything is drawn smaller rather than out of sight, as long as it can be read.
  const scale = Math.max(LEAST_SCALE, width / layout.width)
  return { layout: layoutTopology(view, width, height / scale), scale }
}
