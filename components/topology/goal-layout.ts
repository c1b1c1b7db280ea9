import type { GoalLine, GoalThing, GoalView } from '../../curriculum/goal-picture/goal-view.ts'
import { curve } from './layout.ts'
import { titleOf } from './thing-title.ts'

interface Box {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface GoalShape extends Box {
  /** Undefined for the laptop, which the goal only starts from. */
  readonly thing: GoalThing | undefined
}
export interface GoalPath {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly path: string
  readonly met: boolean
}
export interface GoalLabel {
  readonly id: string
  readonly text: string
  readonly x: number
  readonly y: number
  readonly met: boolean
}
export interface GoalLayout {
  readonly width: number
  readonly height: number
  readonly shapes: readonly GoalShape[]
  readonly paths: readonly GoalPath[]
  readonly labels: readonly GoalLabel[]
}

const MARGIN = 12
/** Marks hang over the upper edge of a box. */
const GAP = 20
const ENTRY = 62
const INGRESS = 112
const PORTS = 44
const TARGETS = 26
const LEAST_SERVICE = 108
const LEAST_WORKLOAD = 92
const MOST = 160
/** A letter of a name, at most; a name takes one line or two. */
const LETTER = 6.6
const LINE = 16
const LAPTOP = 'laptop'

/** Left to right: the laptop and Ingresses, the Services, what they lead to. Nodes do not matter to a goal. */
export function layoutGoal(view: GoalView, availableWidth: number, availableHeight = 0): GoalLayout {
  const isService = (thing: GoalThing) => thing.kind === 'Service'
  const isIngress = (thing: GoalThing) => thing.kind === 'Ingress'
  const services = work(view.things.filter(isService))
  const ingresses = work(view.things.filter(isIngress))
  const ends = behind(
    services,
    view.things.filter((thing) => !isService(thing) && !isIngress(thing)),
    view.lines,
  )
  const doors = services.filter((thing) => thing.state !== 'gone' && thing.state !== 'surplus').filter(doorRow)
  const entries = [...(doors.length > 0 ? [undefined] : []), ...ingresses]

  const entry = entries.length === 0 ? 0 : ingresses.length > 0 ? INGRESS : ENTRY
  const ports = entry === 0 ? 0 : PORTS
  const targets = ends.length === 0 ? 0 : TARGETS
  const least = 2 * MARGIN + entry + ports + LEAST_SERVICE + (ends.length === 0 ? 0 : targets + LEAST_WORKLOAD)
  const width = Math.max(least, availableWidth)
  const spare = (width - least) / 2
  const serviceWidth = Math.min(MOST, LEAST_SERVICE + spare)
  const endWidth = ends.length === 0 ? 0 : Math.min(MOST, LEAST_WORKLOAD + spare)
  const left = Math.max(MARGIN, (width - entry - ports - serviceWidth - targets - endWidth) / 2)

  const columns = [
    { x: left, width: entry, things: entries },
    { x: left + entry + ports, width: serviceWidth, things: services },
    { x: left + entry + ports + serviceWidth + targets, width: endWidth, things: ends },
  ]
  const tallest = Math.max(...columns.map(heightOf))
  const height = Math.max(tallest + 2 * MARGIN + GAP / 2, availableHeight)
  const shapes = columns.flatMap((column) => stack(column, height))
  return { width, height, shapes, ...connect(view, shapes, doors) }
}

/** What has to be done first; what stays below. */
const work = (things: readonly GoalThing[]): readonly GoalThing[] => [
  ...things.filter((thing) => !thing.kept),
  ...things.filter((thing) => thing.kept),
]

/** In the order of the Services that lead to them, so that lines cross little. */
function behind(
  services: readonly GoalThing[],
  ends: readonly GoalThing[],
  lines: readonly GoalLine[],
): readonly GoalThing[] {
  const rank = (end: GoalThing) => {
    const at = services.findIndex((service) => lines.some((line) => line.from === service.id && line.to === end.id))
    return at === -1 ? services.length : at
  }
  return ends.toSorted((a, b) => rank(a) - rank(b))
}

const doorRow = (thing: GoalThing) =>
  thing.rows.find((row) => row.aspect === 'nodePort') ??
  thing.rows.find((row) => row.aspect === 'door' || row.aspect === 'balanced')

/** What a Service's box says below its name, a line each. */
export interface SmallPrint {
  readonly text: string
  readonly met: boolean
}

/** `NodePort`, `:80 → 8080`; below a value that differs, the one there is; and where requests go astray to. */
export function smallPrint({ rows, state }: GoalThing): readonly SmallPrint[] {
  const instead = (text: string | undefined): readonly SmallPrint[] =>
    text === undefined || state === 'missing' ? [] : [{ text: `≠ ${text}`, met: false }]
  return rows.flatMap(({ aspect, of, value, met, now }): readonly SmallPrint[] => {
    if (aspect === 'type' || aspect === 'externalName' || aspect === 'clusterIP') {
      const shown = aspect === 'clusterIP' && value === 'None' ? 'clusterIP: None' : value
      return [{ text: shown, met: true }, ...(met ? [] : instead(now))]
    }
    if (aspect === 'astray') return [{ text: `✕ ${now?.split(' ').at(-1)}`, met }]
    if (aspect !== 'port') return []
    const target = rows.find((row) => row.aspect === 'target' && row.of === of)
    const shown = { text: target ? `:${value} → ${target.value}` : `:${value}`, met: true }
    if (!met) return [shown, ...instead(now && `:${now}`)]
    return target?.met === false ? [shown, ...instead(target.now && `:${value} → ${target.now}`)] : [shown]
  })
}

const boxHeight = (thing: GoalThing | undefined, width: number): number => {
  if (thing === undefined) return 56
  const letters = Math.floor((width - 38) / LETTER)
  const name = titleOf(thing).length > letters ? 2 * LINE : LINE
  return (
    16 +
    name +
    14 * (thing.kind === 'Service' ? Math.max(1, smallPrint(thing).length) : thing.kind === 'Ingress' ? 2 : 1)
  )
}

interface Column {
  readonly x: number
  readonly width: number
  readonly things: readonly (GoalThing | undefined)[]
}

const heightOf = ({ things, width }: Column): number =>
  things.reduce((sum, thing) => sum + boxHeight(thing, width) + GAP, -GAP)

function stack(column: Column, height: number): readonly GoalShape[] {
  const { x, width, things } = column
  let y = (height - heightOf(column)) / 2 + 4
  return things.map((thing) => {
    const shape = { id: thing?.id ?? LAPTOP, x, y, width, height: boxHeight(thing, width), thing }
    y += shape.height + GAP
    return shape
  })
}

function connect(
  view: GoalView,
  shapes: readonly GoalShape[],
  doors: readonly GoalThing[],
): Pick<GoalLayout, 'paths' | 'labels'> {
  const at = new Map(shapes.map((shape) => [shape.id, shape]))
  const join = (from: string, to: string, met: boolean): readonly GoalPath[] => {
    const [a, b] = [at.get(from), at.get(to)]
    return a && b ? [{ id: `${from}>${to}`, from, to, path: curve(a, b), met }] : []
  }
  const paths = [
    ...doors.flatMap((service) =>
      join(LAPTOP, service.id, service.state !== 'missing' && doorRow(service)?.met === true),
    ),
    ...view.lines.flatMap((line) => join(line.from, line.to, line.met)),
  ]
  const before = (service: string, text: string, met: boolean, row: number): readonly GoalLabel[] => {
    const box = at.get(service)
    if (!box) return []
    return [{ id: `${service}<${text}`, text, met, x: box.x - 7, y: box.y + box.height / 2 - 5 + row * 22 }]
  }
  const labels = [
    ...doors.flatMap((service) => {
      const row = doorRow(service)
      return row?.aspect === 'nodePort' ? before(service.id, row.value, row.met, 0) : []
    }),
    ...view.lines
      .filter((line) => line.aspect === 'route')
      .flatMap((line, _, all) =>
        before(line.to, pathOf(line.of), line.met, all.filter((other) => other.to === line.to).indexOf(line)),
      ),
  ]
  return { paths: [...new Map(paths.map((path) => [path.id, path])).values()], labels }
}

/** `/search` of `shop.example.com/search`. */
function pathOf(route = ''): string {
  const path = route.slice(route.indexOf('/'))
  return path.length > 9 ? `${path.slice(0, 8)}…` : path
}
