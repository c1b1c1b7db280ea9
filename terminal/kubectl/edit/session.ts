import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import type { Discovery, ResourceType } from '../api/discovery.ts'
import { resourceName } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { ApiError, Exit, KubectlError } from '../errors.ts'
import { goJsonIndented } from '../print/go-json.ts'
import { asJson } from '../print/output.ts'
import { documentsOf } from '../resources/documents.ts'
import { mergePatch } from '../resources/merge-patch.ts'
import { printYaml } from '../yaml/print.ts'
import { discard, openEditor } from './editor.ts'
import { headOf, invalidReason, type Reason, unreadableReason, withoutComments } from './reasons.ts'

export interface EditedObject {
  readonly type: ResourceType
  readonly namespace: string | undefined
  readonly name: string
  readonly object: KubeObject
}

export interface EditMode {
  /** The text above the object is about last-applied annotations. */
  readonly annotations?: boolean
  /** Takes one edited object to the server. Throws ApiError; a KubectlError ends the edit and keeps the file. */
  readonly save: (edited: EditedObject, original: EditedObject) => void
  /** A refusal ends the edit instead of opening the file again. */
  readonly failsAtOnce?: boolean
}

/**
 * Objects on their way through the editor, again and again until they are saved or given up: one file, a List if there
 * are several (upstream: cmd/util/editor/editoptions.go, Run).
 */
export class EditSession {
  readonly #invocation: Invocation
  readonly #discovery: Discovery
  readonly #originals: readonly EditedObject[]
  readonly #mode: EditMode
  readonly #json: boolean
  #retryable = 0
  #notFound = 0
  #reasons: Reason[] = []

  constructor(
    invocation: Invocation,
    discovery: Discovery,
    { originals, mode }: { readonly originals: readonly EditedObject[]; readonly mode: EditMode },
  ) {
    this.#invocation = invocation
    this.#discovery = discovery
    this.#originals = originals
    this.#mode = mode
    this.#json = invocation.flags.string('output') === 'json'
  }

  /** Throws KubectlError, Exit. */
  async run(): Promise<void> {
    const { context } = this.#invocation
    const original = this.#shown()
    let text = original
    let path = ''
    for (let attempt = 0; ; attempt++) {
      const failed = attempt > 0
      const file = await openEditor(context, {
        text: (this.#json ? '' : headOf(this.#mode.annotations === true, this.#reasons)) + text,
        extension: this.#json ? '.json' : '.yaml',
        attempt,
      }).catch((error: unknown) => this.#kept(path, error))
      path = file.path
      const stripped = withoutComments(file.text)
      if (failed && stripped === withoutComments(text))
        return this.#kept(path, new KubectlError('Edit cancelled, no valid changes were saved.'))
      this.#reasons = []
      if (stripped === withoutComments(original)) return this.#cancelled('no changes made.', path)
      if (stripped.trim() === '') return this.#cancelled('saved file was empty.', path)
      await this.#saveAll(stripped, path)
      if (this.#reasons.length === 0) return discard(context, path)
      text = stripped
    }
  }

  #cancelled(why: string, path: string): Promise<void> {
    this.#invocation.context.err(`Edit cancelled, ${why}\n`)
    return discard(this.#invocation.context, path)
  }

  #shown(): string {
    const objects = this.#originals.map(({ object }) => withoutManagedFields(object))
    const [only] = objects
    const value = objects.length === 1 && only ? only : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} }
    return this.#json ? `${goJsonIndented(asJson(value))}\n` : printYaml(asJson(value))
  }

  async #saveAll(text: string, path: string): Promise<void> {
    const { context } = this.#invocation
    let edited: readonly EditedObject[]
    try {
      edited = this.#parse(text)
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error
      this.#unreadable(error.message)
      return
    }
    for (const object of edited) await this.#saveOne(object, path)
    if (this.#retryable > 0) {
      context.err(`You can run \`kubectl replace -f ${path}\` to try this update again.\n`)
      throw new Exit(1)
    }
    if (this.#notFound > 0) {
      context.err(`The edits you made on deleted resources have been saved to ${JSON.stringify(path)}\n`)
      throw new Exit(1)
    }
  }

  async #saveOne(edited: EditedObject, path: string): Promise<void> {
    const { context } = this.#invocation
    try {
      const uid = edited.object.metadata?.uid
      const original = this.#originals.find(({ object }) => object.metadata?.uid === uid)
      if (!original) throw new KubectlError(`no original object found for ${edited.type.kind} ${edited.name}`)
      this.#mode.save(edited, original)
    } catch (error) {
      if (error instanceof KubectlError || this.#mode.failsAtOnce) return this.#kept(path, error)
      if (!(error instanceof ApiError)) throw error
      const what = whatOf(edited)
      if (error.reason === 'Invalid') {
        this.#reasons.push(invalidReason(what, error))
        context.err(`error: ${what} is invalid\n`)
      } else if (error.reason === 'NotFound') {
        this.#notFound++
        context.err(`error: ${what} could not be found on the server\n`)
      } else {
        this.#retryable++
        context.err(`error: ${what} could not be patched: ${error.message}\n`)
      }
    }
  }

  #unreadable(problem: string): void {
    const [first] = this.#originals
    const what = first ? whatOf(first) : ''
    this.#reasons.push(unreadableReason(what, problem))
    this.#invocation.context.err(`error: ${what} is invalid\n`)
  }

  /** Throws KubectlError for what is no object or of no type that the server knows. */
  #parse(text: string): readonly EditedObject[] {
    const documents = documentsOf(text, 'edited-file').flatMap((document) => {
      const problem: unknown = document
      if (problem instanceof Error) throw new KubectlError(problem.message.replace(/^error parsing edited-file: /, ''))
      const list = document as { readonly kind?: JsonValue; readonly items?: readonly JsonValue[] }
      return list.kind === 'List' && Array.isArray(list.items) ? list.items : [document]
    })
    return documents.map((value) => this.#identify(value as KubeObject))
  }

  #identify(object: KubeObject): EditedObject {
    const missing = (['apiVersion', 'kind'] as const).filter((key) => typeof object[key] !== 'string' || !object[key])
    const texts = missing.map((key) => `${key} not set`)
    if (missing.length > 0) throw new KubectlError(texts.length > 1 ? `[${texts.join(', ')}]` : (texts[0] ?? ''))
    const { apiVersion = '', kind = '', metadata } = object
    const type = this.#discovery.forKind(apiVersion, kind)
    if (!type)
      throw new KubectlError(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`)
    const namespace = type.namespaced ? (metadata?.namespace ?? this.#invocation.namespace) : undefined
    return { type, object, namespace, name: metadata?.name ?? '' }
  }

  /** Says where the file is, then fails. */
  #kept(path: string, error: unknown): never {
    if (path !== '' && (error instanceof KubectlError || error instanceof ApiError))
      this.#invocation.context.err(`A copy of your changes has been stored to ${JSON.stringify(path)}\n`)
    throw error
  }
}

const whatOf = ({ type, name }: EditedObject) => `${resourceName(type)} ${JSON.stringify(name)}`

/** Managed fields are not shown; what is written must have them as they are. */
export function withManagedFields(object: KubeObject, { object: original }: EditedObject): KubeObject {
  const managedFields = original.metadata?.managedFields
  return managedFields ? (mergePatch(asJson(object), asJson({ metadata: { managedFields } })) as KubeObject) : object
}

function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata ?? {}
  return { ...object, metadata }
}
