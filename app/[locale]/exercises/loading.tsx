import { LoadingList } from '@/components/site/loading-page.tsx'

export default LoadingList
