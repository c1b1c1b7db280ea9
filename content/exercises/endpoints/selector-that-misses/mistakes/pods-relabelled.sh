# fails: by-name endpoints service-repaired
kubectl label pods -l role=${role} role=${wrong} --overwrite
