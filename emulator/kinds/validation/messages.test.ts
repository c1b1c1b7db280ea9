/** Rules of kinds that are neither Pods nor Services, each with the words they are refused in. */
import { expect, test } from 'vitest'
import { fieldErrorText } from '../../api/errors.ts'
import type { IPBlock, PersistentVolume, PersistentVolumeSpec, PodDisruptionBudget } from '../../generated/types.ts'
import { validateNetworkPolicy } from '../network-policy/validate.ts'
import { validatePersistentVolume } from '../persistent-volume/validate.ts'
import { validatePodDisruptionBudget } from '../pod-disruption-budget/validate.ts'

const volume = (spec: PersistentVolumeSpec): PersistentVolume => ({
  spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, ...spec },
})

test.each<[string, PersistentVolumeSpec, readonly string[]]>([
  ['a good volume', { hostPath: { path: '/data', type: '' } }, []],
  [
    'a negative size',
    { hostPath: { path: '/data' }, capacity: { storage: '-1Gi' } },
    [
      'spec.capacity[storage]: Invalid value: -1073741824: must be a valid resource quantity',
      'spec.capacity[storage]: Invalid value: "-1Gi": must be greater than zero',
    ],
  ],
  [
    'a host path of no kind',
    { hostPath: { path: '/data', type: 'Folder' } },
    [
      'spec.hostPath.type: Unsupported value: "Folder": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
    ],
  ],
  [
    'an affinity that says nothing',
    { hostPath: { path: '/data' }, nodeAffinity: {} },
    ['spec.nodeAffinity.required: Required value: must specify required node constraints'],
  ],
  [
    'an affinity without terms',
    { local: { path: '/data' }, nodeAffinity: { required: { nodeSelectorTerms: [] } } },
    ['spec.nodeAffinity.required.nodeSelectorTerms: Required value: must have at least one node selector term'],
  ],
  [
    'a driver that is no name',
    { csi: { driver: 'A b', volumeHandle: 'x' } },
    [expect.stringContaining('spec.csi.driver: Invalid value: "A b": a lowercase RFC 1123 subdomain must')],
  ],
])('PersistentVolume: %s', (_what, spec, texts) => {
  expect(validatePersistentVolume(volume(spec), undefined).map(fieldErrorText)).toEqual(texts)
})

const subset = 'must be a strict subset of `cidr`'
test.each<[IPBlock, readonly string[]]>([
  [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }, []],
  [{ cidr: '10.0.0.0/8', except: ['11.1.0.0/16'] }, [`except[0]: Invalid value: "11.1.0.0/16": ${subset}`]],
  [{ cidr: '2001:db8::/32', except: ['2001:db8:1::/48'] }, []],
  [{ cidr: '2001:db8::/32', except: ['2001:db9::/48'] }, [`except[0]: Invalid value: "2001:db9::/48": ${subset}`]],
  [{ cidr: '2001:db8::/32', except: ['10.0.0.0/8'] }, [`except[0]: Invalid value: "10.0.0.0/8": ${subset}`]],
  [
    { cidr: '2001:db8::1/32' },
    ['cidr: Invalid value: "2001:db8::1/32": must not have bits set beyond the prefix length'],
  ],
])('NetworkPolicy: blocks %j', (ipBlock, texts) => {
  const errors = validateNetworkPolicy({ spec: { podSelector: {}, egress: [{ to: [{ ipBlock }] }] } })
  expect(errors.map(fieldErrorText)).toEqual(texts.map((text) => `spec.egress[0].to[0].ipBlock.${text}`))
})

test('PodDisruptionBudget: both bounds', () => {
  const budget: PodDisruptionBudget = { spec: { minAvailable: 1, maxUnavailable: '50%' } }
  expect(validatePodDisruptionBudget(budget).map(fieldErrorText)).toEqual([
    'spec: Invalid value: {"MinAvailable":1,"Selector":null,"MaxUnavailable":"50%","UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
  ])
})
