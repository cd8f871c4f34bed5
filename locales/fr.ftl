# Phrases destinées aux personnes, en français. Mêmes clés que dans en.ftl ; un test les compare.

state-green = VALABLE
state-amber = À VÉRIFIER
state-grey = INDÉTERMINÉ
state-red = ARRÊT

verdict-nothing-found = Aucun code n'a été trouvé sur cette image.
verdict-not-our-code = Ce n'est pas un code du Processus de Kimberley ; il appartient à autre chose.
verdict-receipt-alone = C'est le second code, le reçu ; sans le premier, il ne dit rien.
verdict-newer-form = Ce code du Processus de Kimberley est de la forme { $form }, plus récente que ce programme.
verdict-damaged-code = C'est bien un code du Processus de Kimberley, mais il est abîmé : des caractères manquent ou ont été mal lus.
verdict-not-in-form = Ce code commence comme un certificat du Processus de Kimberley, mais son contenu n'en est pas un ; aucune autorité n'établit de tels codes.
verdict-number-unreadable = Ce qui a été saisi comme numéro n'est pas un numéro de certificat.
verdict-check-code-unreadable = Ce qui a été saisi comme code de contrôle n'en est pas un ou contient une erreur.
verdict-no-trust-data = Cet appareil ne contient aucune liste ; on ne peut rien dire de ce certificat.
verdict-issuer-unknown = { $issuer } ne figure sur aucune liste de participants ; personne n'émet de certificats sous ce nom.
verdict-wrong-issuer = Le certificat désigne { $issuer } comme émetteur, mais il a été signé avec une clé de { $signer }.
verdict-key-for-other-use = La clé qui a signé appartient à { $issuer }, mais elle ne sert pas à signer des certificats.
verdict-unknown-key = Aucune liste disponible ne connaît la clé { $key } qui aurait signé pour { $issuer }.
verdict-altered = Le certificat { $number } a été altéré : il ne dit pas ce que l'autorité a signé.
verdict-paper-number-differs = Le papier porte le numéro { $paper }, et son code est celui du certificat { $number }.
verdict-paper-carats-differ = Le papier indique { $paper } ct, et pour le certificat { $number } l'autorité a signé { $signed } ct.
verdict-paper-value-differs = Le papier indique { $paper } US$, et pour le certificat { $number } l'autorité a signé { $signed } US$.
verdict-training = C'est un certificat d'exercice. Aucune marchandise ne l'accompagne.
verdict-key-not-yet-valid = La clé qui a signé n'était pas en vigueur avant le { $from } ; ce certificat porte une date antérieure.
verdict-key-out-of-use = La clé qui a signé n'était plus en usage depuis le { $until } ; ce certificat porte une date postérieure.
verdict-key-revoked-before = La clé a été révoquée le { $noted } parce que des tiers peuvent la détenir, et ce certificat n'est pas antérieur.
verdict-key-revoked-unproven = La clé a été révoquée le { $noted } parce que des tiers peuvent la détenir, et rien ici ne prouve que ce certificat est antérieur.
verdict-used = Ce numéro a déjà servi : il a été présenté à { $place } le { $at }.
verdict-seen-here = Ce numéro a déjà été présenté à ce poste : { $place }, le { $at }.
verdict-counterfeit = Une contrefaçon portant ce numéro a été signalée le { $at }.
verdict-stolen = Ce certificat a été déclaré volé le { $at }.
verdict-lost = Ce certificat a été déclaré perdu le { $at }.
verdict-void = L'autorité émettrice a annulé ce certificat le { $at }.
verdict-replaced = Ce certificat a été remplacé par { $by } le { $at } et n'est plus valable.
verdict-returned-unused = Ce certificat n'a pas été utilisé dans les délais et a été rendu le { $at }.
verdict-detained = La marchandise et le certificat ont été retenus à { $place } le { $at }.
verdict-seized = La marchandise de ce certificat a été saisie à { $place } le { $at }.
verdict-sent-back = La marchandise de ce certificat a été renvoyée de { $place } le { $at }.
verdict-blank-missing = Le papier portant ce numéro manque depuis le { $since } ({ $blank ->
    [lost] perdu
    [stolen] volé
    [spoiled] gâché
   *[destroyed] détruit
  }) ; rien n'a pu être émis dessus.
verdict-outside-ranges = Le numéro { $number } n'a été attribué à aucun bureau pour ce jour-là.
verdict-never-issued = Le numéro { $number } n'a jamais été émis : le registre de l'émetteur, complet au { $complete }, ne le contient pas.
verdict-another-registered = Un autre certificat est enregistré sous le numéro { $number } ; ce n'est pas celui-ci.
verdict-check-code-of-another = Le code de contrôle appartient à un autre certificat que le numéro { $number }.
verdict-issuer-not-participant = { $issuer } ne faisait pas partie du système le { $on }.
verdict-issuer-suspended = Les exportations de { $issuer } étaient suspendues au moment de la signature, depuis le { $since } ({ $act }).
verdict-under-way-refused = Les exportations de { $issuer } sont suspendues depuis le { $since } ({ $act }) ; les marchandises déjà en route doivent être refusées.
verdict-destination-barred = { $destination } ne pouvait pas recevoir de diamants bruts au moment de la signature.
verdict-not-recognised = { $by } ne commerçait pas avec { $of } au moment de la signature ({ $act }).
verdict-under-way-hold = Les exportations de { $issuer } sont suspendues depuis le { $since } ({ $act }) ; ces marchandises étaient en route et doivent être retenues jusqu'à la décision des autorités.
verdict-conditional = { $issuer } exporte sous condition : { $scope } ({ $act }).
verdict-receipt-does-not-fit = Le second code n'est pas le reçu de ce certificat.
verdict-receipt-unknown-log = Aucune liste disponible ne connaît la clé du registre { $log } dont provient le reçu.
verdict-clock-not-trusted = L'horloge de cet appareil indique le { $clock }, alors qu'une liste date du { $newest } : on ne peut pas s'y fier.
verdict-not-yet-valid = Ce certificat est daté du { $from }, qui n'est pas encore arrivé.
verdict-expired = Ce certificat a expiré le { $at }.
verdict-trust-too-old = Les listes de cet appareil ont { $days ->
    [0] moins d'un jour
    [one] { $days } jour
   *[other] { $days } jours
  } ou ont expiré ; elles ne permettent plus de rien affirmer de favorable.
verdict-issued-after-list = Le certificat est signé comme il se doit, mais après l'établissement de la liste des certificats ({ $complete }).
verdict-no-status-list = Le certificat est signé comme il se doit, mais cet appareil n'a pas la liste des certificats de { $issuer }.
verdict-receipt-missing = Le certificat est signé comme il se doit, mais le second code, le reçu, n'a pas été lu.
verdict-receipt-damaged = Le certificat est signé comme il se doit, mais le second code, le reçu, est abîmé.
verdict-trust-old = Le certificat est signé comme il se doit, mais les listes de cet appareil ont { $days ->
    [0] moins d'un jour
    [one] { $days } jour
   *[other] { $days } jours
  }.
verdict-number-not-listed = Le numéro { $number } ne figure pas dans les listes de cet appareil ; il a pu être émis depuis.
verdict-only-number-checked = Le numéro { $number } et son code de contrôle vont ensemble et sont enregistrés ; le contenu du certificat n'a pas été vu.
verdict-technical = C'est un certificat technique, pour { $purpose ->
    [seized] des marchandises saisies
    [research] la recherche
   *[return] des marchandises renvoyées
  } ; il ne vaut pas pour une vente.
verdict-single-officer = Un seul agent a signé ce certificat, dans un cas d'urgence prévu par la loi de l'émetteur.
verdict-key-revoked-after = Le certificat est valable : sa clé a été révoquée plus tard, le { $noted }, et le registre prouve qu'il a été signé avant.
verdict-good = Le certificat est valable : il dit ce que l'autorité a signé et figure au registre de l'émetteur.

age-none = Données de confiance : aucune sur cet appareil.
age-known = Données de confiance du { $as_of }, datant { $days ->
    [0] de moins d'un jour
    [one] d'un jour
   *[other] de { $days } jours
  }.
age-untold = Données de confiance du { $as_of } ; cette horloge ne permet pas d'en dire l'âge.

key-token = Signé avec une clé conservée dans un dispositif de sécurité.
key-software = Signé avec une clé conservée dans un fichier d'ordinateur, et non dans un dispositif de sécurité.

next-compare = Comparez ce qui est affiché avec le papier, les scellés et la pesée ; puis continuez.
next-compare-and-ask = Comparez ce qui est affiché avec le papier, les scellés et la pesée, et interrogez l'autorité émettrice avant la mainlevée.
next-scan-first = Scannez aussi le premier code.
next-scan-again = Scannez de nouveau le code, bien à plat et sous une bonne lumière, ou saisissez le numéro et le code de contrôle.
next-type-again = Relisez-le sur le papier et saisissez-le de nouveau.
next-update-lists = Procurez-vous des listes plus récentes, par le réseau ou sur une clé USB, et vérifiez de nouveau ; ou interrogez l'autorité émettrice.
next-update-program = Demandez à votre autorité la version plus récente du programme.
next-set-clock = Réglez l'horloge de cet appareil et vérifiez de nouveau.
next-hold = Retenez la marchandise et le papier, et avertissez votre autorité, qui interrogera l'autorité émettrice. Ne rendez pas le papier.
next-practice = Il n'y a rien à faire : c'est un exercice.

fact-number = Numéro
fact-carats = Carats
fact-value = Valeur, US$
fact-parcels = Colis
fact-seals = Scellés
fact-from = De
fact-to = À
fact-origin = Origine
fact-exporter = Exportateur
fact-importer = Importateur
fact-validated = Validé le
fact-leaves-before = Départ avant
fact-class = Position
fact-technical = Technique
fact-check-code = Code contrôle
fact-form = Formulaire
fact-picture = Image
origin-mixed = mélangée (**)
purpose-seized = marchandises saisies
purpose-research = recherche
purpose-return = marchandises renvoyées

verify-title = Vérifier un certificat
verify-lead = Scannez les deux codes, photographiez le papier, ou saisissez son numéro et son code de contrôle. Aucun compte n'est nécessaire.
verify-codes = Ce que lit le lecteur
verify-codes-help = Placez le curseur ici et scannez le code de gauche, puis celui de droite ; ou collez les codes.
verify-file = Images ou PDF
verify-file-help = Photographies, numérisations ou fichiers PDF, plusieurs à la fois, 24 Mo en tout.
verify-typed = Numéro et code de contrôle
verify-typed-help = Quand rien ne peut être scanné. Cela dit si les deux vont ensemble, non ce que dit le certificat.
verify-button = Vérifier
verify-again = Vérifier un autre certificat
verify-signed = Ce que l'autorité a signé
verify-on-file = Au dossier ici
verify-nothing-kept = Rien de ce qui est vérifié ici n'est conservé.
verify-paper-carats = Carats sur le papier
verify-paper-carats-help = Facultatif, pour un seul certificat : ce que vous lisez sur le papier est comparé à ce qui a été signé.

pre-advice-subject = Préavis du Processus de Kimberley : certificat { $number }, { $carats } ct
pre-advice-lead = L'envoi décrit ci-dessous est parti. Veuillez en confirmer l'arrivée, ou nous dire ce qui diffère.
pre-advice-codes = Le certificat et son reçu, pour vérification sans réseau :
fact-issued = Délivré le
fact-left = Parti le
