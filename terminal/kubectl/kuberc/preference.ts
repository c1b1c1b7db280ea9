/** What a kuberc file says: aliases, defaults of flags, which credential plugins may run (upstream: kubectl/pkg/config). */
import { splitDocuments } from '../resources/documents.ts'
import { type Json, parseYaml } from '../yaml/parse.ts'
import { YamlError } from '../yaml/tokens.ts'

export interface Option {
  readonly name: string
  readonly default: string
}
export interface Alias {
  readonly name: string
  readonly command: string
  readonly prependArgs: readonly string[]
  readonly appendArgs: readonly string[]
  readonly options: readonly Option[]
}
export interface Defaults {
  readonly command: string
  readonly options: readonly Option[]
}
export interface Preference {
  readonly defaults: readonly Defaults[]
  readonly aliases: readonly Alias[]
  readonly credentialPluginPolicy: string
  /** The programs; undefined where the file does not say. */
  readonly credentialPluginAllowlist: readonly string[] | undefined
}

export const KUBERC_VERSION = 'kubectl.config.k8s.io/v1beta1'
/** What the two versions of the format call the same. */
const NAMES = new Map([
  [KUBERC_VERSION, { defaults: 'defaults', options: 'options' }],
  ['kubectl.config.k8s.io/v1alpha1', { defaults: 'overrides', options: 'flags' }],
])

/** Does not fit the format's types: such an entry of the file is passed over. */
class Misfit extends Error {}

/** A preference, and the fields that it should not have. */
export interface Decoded {
  readonly preference: Preference
  readonly unknown: readonly string[]
}

/**
 * The first document that is a Preference; `none` where no document says anything, `invalid` where none of them is one
 * (upstream: kubectl/pkg/kuberc/marshal.go, decodePreference).
 */
export function decodePreference(text: string): Decoded | 'none' | 'invalid' {
  const documents = splitDocuments(text.endsWith('\n') ? text : `${text}\n`).filter((chunk) => chunk.trim() !== '')
  for (const chunk of documents) {
    const decoded = decodeDocument(chunk)
    if (decoded) return decoded
  }
  return documents.length > 0 ? 'invalid' : 'none'
}

function decodeDocument(chunk: string): Decoded | undefined {
  try {
    const root = new Fields(parseYaml(chunk) ?? null, '')
    const names = NAMES.get(root.text('apiVersion'))
    if (!names || root.text('kind') !== 'Preference') return undefined
    const options = (fields: Fields) =>
      fields.list(names.options).map((option) => ({ name: option.text('name'), default: option.text('default') }))
    const allowed = root.has('credentialPluginAllowlist') ? root.list('credentialPluginAllowlist') : undefined
    const preference: Preference = {
      aliases: root.list('aliases').map((alias) => ({
        name: alias.text('name'),
        command: alias.text('command'),
        prependArgs: alias.texts('prependArgs'),
        appendArgs: alias.texts('appendArgs'),
        options: options(alias),
      })),
      defaults: root.list(names.defaults).map((entry) => ({ command: entry.text('command'), options: options(entry) })),
      credentialPluginPolicy: root.text('credentialPluginPolicy'),
      credentialPluginAllowlist: allowed?.map((entry) => entry.text('command') || entry.text('name')),
    }
    return { preference, unknown: root.unread() }
  } catch (error) {
    if (error instanceof Misfit || error instanceof YamlError) return undefined
    throw error
  }
}

/** A mapping that remembers which of its fields were asked for; the others are unknown. */
class Fields {
  readonly #fields: ReadonlyMap<string, Json>
  readonly #path: string
  readonly #known = new Set<string>()
  readonly #below: Fields[] = []

  constructor(value: Json, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Misfit()
    this.#fields = new Map(Object.entries(value))
    this.#path = path
  }

  has(name: string): boolean {
    return (this.#fields.get(name) ?? null) !== null
  }

  text(name: string): string {
    const value = this.#read(name) ?? ''
    if (typeof value !== 'string') throw new Misfit()
    return value
  }

  texts(name: string): readonly string[] {
    return this.#items(name).map((item) => {
      if (typeof item !== 'string') throw new Misfit()
      return item
    })
  }

  list(name: string): readonly Fields[] {
    const items = this.#items(name).map((item, i) => new Fields(item, `${this.#path}${name}[${i}].`))
    this.#below.push(...items)
    return items
  }

  /** In alphabetical order, as strict decoding meets them. */
  unread(): readonly string[] {
    const own = [...this.#fields.keys()].filter((name) => !this.#known.has(name)).map((name) => this.#path + name)
    return [...own, ...this.#below.flatMap((fields) => fields.unread())].sort()
  }

  #items(name: string): readonly Json[] {
    const value = this.#read(name) ?? []
    if (!Array.isArray(value)) throw new Misfit()
    return value
  }

  #read(name: string): Json | undefined {
    this.#known.add(name)
    return this.#fields.get(name)
  }
}
