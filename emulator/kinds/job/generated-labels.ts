/** The labels by which a Job finds its Pods, with and without a prefix (upstream: pkg/apis/batch/types.go). */
export const generatedLabels = (uid: string, name: string): Readonly<Record<string, string>> => ({
  'batch.kubernetes.io/controller-uid': uid,
  'batch.kubernetes.io/job-name': name,
  'controller-uid': uid,
  'job-name': name,
})
