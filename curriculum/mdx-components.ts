/** The components that texts may use, with their attributes: one line each. components/lesson/mdx-components.tsx draws them. */
import { load } from 'js-yaml'
import { z } from 'zod'
import { ContentError } from './content-error.ts'
import { mistakeIn } from './yaml-source.ts'

const text = z.string().min(1)
const boxed = z.strictObject({ title: text })
const bare = z.strictObject({})
const linked = z.strictObject({ slug: text })

const predict = z
  .strictObject({ question: text, options: z.array(text).min(2), answer: z.number().int().min(0) })
  .refine(({ options, answer }) => answer < options.length, {
    path: ['answer'],
    message: 'the answer is not among the options (they are counted from 0)',
  })
  .refine(({ options }) => new Set(options).size === options.length, {
    path: ['options'],
    message: 'two options read the same',
  })

const caption = { caption: text }
const labels = z.record(text, text)
const several = <Item extends z.ZodType>(item: Item) => z.array(item).min(1)
/** The signs of components/topology/kind-icon.tsx. */
const sign = z.enum(['laptop', 'node', 'pod', 'service', 'load-balancer', 'ingress', 'endpoint', 'policy', 'waiting'])

/** Diagrams by their data. */
const diagrams = {
  PortMap: z.strictObject({ nodePort: z.number(), port: z.number(), targetPort: z.union([z.number(), text]) }),
  ServiceTypes: bare,
  PacketPath: z.strictObject({
    ...caption,
    hops: several(
      z.strictObject({
        kind: sign,
        name: text,
        values: several(text).optional(),
        note: text.optional(),
        by: text.optional(),
        lost: z.boolean().optional(),
      }),
    ),
  }),
  SelectorMatch: z.strictObject({
    ...caption,
    service: text,
    selector: labels,
    pods: several(z.strictObject({ name: text, labels })),
  }),
  DnsSearch: z.strictObject({ ...caption, name: text, namespace: text, existing: text }),
  EndpointsFlow: z.strictObject({
    ...caption,
    pods: several(z.strictObject({ name: text, address: text, ready: z.boolean(), selected: z.boolean().optional() })),
  }),
  RuleChain: z.strictObject({ ...caption, address: text, port: z.number(), endpoints: several(text) }),
  IngressRoutes: z.strictObject({
    ...caption,
    entrance: text,
    controller: text,
    routes: several(z.strictObject({ path: text, service: text, behind: text.optional() })),
  }),
} as const satisfies { readonly [name: string]: z.ZodType }

/** Their names: every lesson draws something. */
export const diagramNames: readonly string[] = Object.keys(diagrams)

const attributesOf = {
  Predict: predict,
  Correction: boxed,
  Aside: boxed,
  Recap: bare,
  Solution: bare,
  Steps: bare,
  Goal: z.strictObject({ id: text }),
  ExerciseLink: linked,
  QuizLink: linked,
  ...diagrams,
} as const satisfies { readonly [name: string]: z.ZodType }

export type MdxComponentName = keyof typeof attributesOf

/** A component in a text: its attributes as strings, `true`, or the code between braces. */
export interface MdxUse {
  readonly name: string
  readonly line: number | undefined
  readonly attributes: readonly (readonly [name: string, value: string | true | { readonly code: string }])[]
}

/** Throws ContentError for a component that there is not, and for attributes that it does not take. */
export function checkUse({ name, line, attributes }: MdxUse, file: string): void {
  const schema = Object.entries(attributesOf).find(([known]) => known === name)?.[1]
  if (schema === undefined) {
    const known = Object.keys(attributesOf).join(', ')
    throw new ContentError(file, line, `there is no component <${name}>; texts may use: ${known}`)
  }
  const parsed = schema.safeParse(Object.fromEntries(attributes.map(([key, value]) => [key, valueIn(value)])))
  if (parsed.success) return
  const { at, sentence } = mistakeIn(parsed.error.issues)
  throw new ContentError(file, line, `<${name}>${at.length > 0 ? ` ${at.join('.')}` : ''}: ${sentence}`)
}

/** Between braces stand data (numbers, lists of texts), not code: written as YAML's flow style reads them. */
function valueIn(value: string | true | { readonly code: string }): unknown {
  if (typeof value !== 'object') return value
  try {
    return load(value.code)
  } catch {
    return value
  }
}
