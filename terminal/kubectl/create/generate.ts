/** The frame of `create deployment`, `create service …`: build an object, send it, print what became of it. */
import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import type { ResourceType } from '../api/discovery.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import { defineSubcommand, type Invocation, type Subcommand } from '../cli/subcommand.ts'
import { nameFromArgs } from '../cli/usage-error.ts'
import { ApiError, ConnectionError, KubectlError } from '../errors.ts'
import { hashOf } from '../kustomize/hash.ts'
import { goJson } from '../print/go-json.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import { manifestOf } from '../resources/manifests.ts'
import {
  createObject,
  DRY_RUN_FLAG,
  dryRunOf,
  fieldManagerFlag,
  resultPrinter,
  SAVE_CONFIG_FLAG,
  VALIDATE_FLAG,
} from '../resources/mutation.ts'
import { createdType } from './types.ts'

export type Fields = { readonly [field: string]: JsonValue }

export interface Generator extends Pick<Subcommand, 'name' | 'aliases' | 'summary' | 'examples' | 'usage' | 'long'> {
  readonly flags?: FlagDefinitions
  /** Type as on a command line: `deployments.apps`. */
  readonly resource: string
  /** `failed to create deployment: ` before what the server says; absent where kubectl passes it on. */
  readonly failure?: string
  /** The object without apiVersion and kind. Throws KubectlError. */
  readonly build: (name: string, invocation: Invocation) => Fields | Promise<Fields>
}

const COMMON: FlagDefinitions = {
  ...PRINT_FLAGS,
  ...DRY_RUN_FLAG,
  ...SAVE_CONFIG_FLAG,
  ...VALIDATE_FLAG,
  ...fieldManagerFlag('kubectl-create'),
}

export function defineGenerator(generator: Generator): Subcommand {
  const { resource, failure, build, flags, ...record } = generator
  return defineSubcommand({
    ...record,
    flags: { ...COMMON, ...flags },
    run: async (invocation) => {
      const name = nameFromArgs(invocation)
      const dryRun = dryRunOf(invocation)
      const fields = hashed(resource, await build(name, invocation), invocation)
      const type = createdType(resource)
      const stamped =
        dryRun === 'client' && !invocation.namespaceEnforced
          ? fields
          : withNamespace(fields, type.namespaced, invocation)
      const manifest = manifestOf(type, stamped, invocation.namespace)
      const print = await resultPrinter(invocation, { built: true })
      try {
        print(
          type,
          createObject(invocation, manifest, manifest.object, configured(invocation, type, fields)),
          'created',
        )
      } catch (error) {
        if (failure && (error instanceof ApiError || error instanceof ConnectionError))
          throw new KubectlError(`${failure}: ${error.message}`)
        throw error
      }
      return 0
    },
  })
}

/** What --save-config keeps: the namespace is only part of it where it was asked for. */
function configured(invocation: Invocation, type: ResourceType, fields: Fields): { readonly configured: KubeObject } {
  const asked = invocation.namespaceEnforced ? withNamespace(fields, type.namespaced, invocation) : fields
  return { configured: manifestOf(type, asked, invocation.namespace).object }
}

function withNamespace(fields: Fields, namespaced: boolean, { namespace }: Invocation): Fields {
  if (!namespaced) return fields
  const metadata = fields.metadata as { readonly [field: string]: JsonValue }
  return { ...fields, metadata: { ...metadata, namespace } }
}

/** `--append-hash`: the name with a hash of what a ConfigMap or Secret holds (upstream: kubectl/pkg/util/hash). */
function hashed(resource: string, fields: Fields, { flags }: Invocation): Fields {
  if (!flags.has('append-hash') || !flags.bool('append-hash')) return fields
  const metadata = fields.metadata as Fields
  const { data = {}, binaryData, type } = fields
  const encoded = goJson({
    ...(binaryData !== undefined && { binaryData }),
    data,
    kind: createdType(resource).kind,
    name: metadata.name ?? '',
    ...(resource === 'secrets' && { type: type ?? '' }),
  })
  return { ...fields, metadata: { ...metadata, name: `${metadata.name}-${hashOf(encoded)}` } }
}
