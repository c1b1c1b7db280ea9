import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { SUBJECT_FLAGS, subjectsOf } from '../create/subjects.ts'
import { KubectlError } from '../errors.ts'
import { equal } from '../resources/merge-patch.ts'
import { NOTHING_NAMED, namesFiles } from '../resources/selection.ts'
import { changeObjects, SET_FLAGS } from './pod-spec.ts'

const { record: _, ...FLAGS } = SET_FLAGS

/** Upstream: kubectl/pkg/cmd/set/set_subject.go. */
export const subject = defineSubcommand({
  name: 'subject',
  summary: 'Update the user, group, or service account in a role binding or cluster role binding',
  long: 'Update the user, group, or service account in a role binding or cluster role binding. Those named are added.',
  examples: [
    '# A service account for a cluster role binding',
    'kubectl set subject clusterrolebinding admin --serviceaccount=team-a:builder',
    '',
    '# Users and a group for a role binding',
    'kubectl set subject rolebinding admin --user=kim --user=lee --group=team-a',
    '',
    '# The manifest only',
    'kubectl create rolebinding admin --role=admin --user=admin -o yaml --dry-run=client | kubectl set subject --local -f - --user=kim -o yaml',
  ],
  usage:
    '(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  flags: { ...FLAGS, ...SUBJECT_FLAGS },
  run: async (invocation) => {
    const { args } = invocation
    if (args.length === 0 && !namesFiles(invocation)) throw new KubectlError(NOTHING_NAMED)
    const { subjects } = subjectsOf(invocation) as { readonly subjects?: readonly JsonValue[] }
    return changeObjects(invocation, args, 'subjects updated', 'subjects to rolebinding: ', (info) => {
      if (!subjects) throw new KubectlError('you must specify at least one value of user, group or serviceaccount')
      const object = info.object as KubeObject & {
        readonly subjects?: readonly JsonValue[]
        readonly roleRef?: JsonValue
      }
      if (!object.roleRef)
        throw new KubectlError(
          `${info.type.plural}/${info.name} setting subjects is only supported for RoleBinding/ClusterRoleBinding`,
        )
      const known = object.subjects ?? []
      const added = subjects.filter((one) => !known.some((other) => equal(one, other)))
      return added.length > 0 ? ({ ...object, subjects: [...known, ...added] } as KubeObject) : undefined
    })
  },
})
