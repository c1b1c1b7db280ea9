/** The domains of the two exams and their shares of the score, as the curricula for Kubernetes v1.35 name them. */
import type { Localised } from './types.ts'

export interface ExamDomain {
  /** What content files write. */
  readonly id: DomainId
  readonly exam: Exam
  readonly name: Localised
  /** Percent of the exam's score. */
  readonly weight: number
}

export type Exam = 'CKA' | 'CKAD'

export const DOMAIN_IDS = [
  'cka/services-networking',
  'cka/troubleshooting',
  'cka/cluster-architecture',
  'cka/workloads-scheduling',
  'cka/storage',
  'ckad/services-networking',
  'ckad/environment-security',
  'ckad/deployment',
  'ckad/design-build',
  'ckad/observability',
] as const

export type DomainId = (typeof DOMAIN_IDS)[number]

const NAMES: { readonly [id in DomainId]: readonly [weight: number, en: string, ko: string] } = {
  'cka/services-networking': [20, 'Servicing and Networking', '서비스와 네트워킹'],
  'cka/troubleshooting': [30, 'Troubleshooting', '문제 해결'],
  'cka/cluster-architecture': [25, 'Cluster Architecture, Installation and Configuration', '클러스터 구조, 설치, 구성'],
  'cka/workloads-scheduling': [15, 'Workloads and Scheduling', '워크로드와 스케줄링'],
  'cka/storage': [10, 'Storage', '스토리지'],
  'ckad/services-networking': [20, 'Services and Networking', '서비스와 네트워킹'],
  'ckad/environment-security': [
    25,
    'Application Environment, Configuration and Security',
    '애플리케이션 환경, 구성, 보안',
  ],
  'ckad/deployment': [20, 'Application Deployment', '애플리케이션 배포'],
  'ckad/design-build': [20, 'Application Design and Build', '애플리케이션 설계와 빌드'],
  'ckad/observability': [15, 'Application Observability and Maintenance', '애플리케이션 관찰과 유지 보수'],
}

/** All domains: CKA's, then CKAD's, each exam's own theme of this course first. The weights of an exam add up to 100. */
export const examDomains: readonly ExamDomain[] = DOMAIN_IDS.map((id) => {
  const [weight, en, ko] = NAMES[id]
  return { id, exam: id.startsWith('ckad/') ? 'CKAD' : 'CKA', name: { ko, en }, weight }
})
