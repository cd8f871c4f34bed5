# Frases para pessoas, em português. As mesmas chaves de en.ftl; um teste compara-as.

state-green = VÁLIDO
state-amber = PERGUNTAR
state-grey = INDETERMINADO
state-red = PARAR

verdict-nothing-found = Não foi encontrado nenhum código nesta imagem.
verdict-not-our-code = Este não é um código do Processo de Kimberley; pertence a outra coisa.
verdict-receipt-alone = Este é o segundo código, o recibo; sem o primeiro nada diz.
verdict-newer-form = Este código do Processo de Kimberley tem a forma { $form }, mais recente do que este programa.
verdict-damaged-code = É um código do Processo de Kimberley, mas está danificado: faltam caracteres ou foram mal lidos.
verdict-not-in-form = Este código começa como um certificado do Processo de Kimberley, mas o seu conteúdo não o é; nenhuma autoridade faz códigos assim.
verdict-number-unreadable = O que foi digitado como número não é um número de certificado.
verdict-check-code-unreadable = O que foi digitado como código de controlo não o é ou contém um erro.
verdict-no-trust-data = Não há listas neste aparelho; nada se pode dizer sobre este certificado.
verdict-issuer-unknown = { $issuer } não consta de nenhuma lista de participantes; ninguém emite certificados com esse nome.
verdict-wrong-issuer = O certificado indica { $issuer } como emissor, mas foi assinado com uma chave de { $signer }.
verdict-key-for-other-use = A chave que assinou pertence a { $issuer }, mas não serve para certificados.
verdict-unknown-key = Nenhuma lista disponível conhece a chave { $key } que terá assinado por { $issuer }.
verdict-altered = O certificado { $number } foi alterado: não diz o que a autoridade assinou.
verdict-paper-number-differs = O papel tem o número { $paper }, e o seu código é o do certificado { $number }.
verdict-paper-carats-differ = O papel indica { $paper } ct, e para o certificado { $number } a autoridade assinou { $signed } ct.
verdict-paper-value-differs = O papel indica { $paper } US$, e para o certificado { $number } a autoridade assinou { $signed } US$.
verdict-training = Este é um certificado de exercício. Nenhuma mercadoria o acompanha.
verdict-key-not-yet-valid = A chave que assinou não estava em vigor antes de { $from }; este certificado tem data anterior.
verdict-key-out-of-use = A chave que assinou deixou de estar em uso em { $until }; este certificado tem data posterior.
verdict-key-revoked-before = A chave foi revogada em { $noted } porque outros podem tê-la, e este certificado não é anterior.
verdict-key-revoked-unproven = A chave foi revogada em { $noted } porque outros podem tê-la, e nada aqui prova que este certificado seja anterior.
verdict-used = Este número já foi usado: foi apresentado em { $place } no dia { $at }.
verdict-seen-here = Este número já foi apresentado neste posto: { $place }, no dia { $at }.
verdict-counterfeit = Foi comunicada em { $at } uma falsificação com este número.
verdict-stolen = Este certificado foi declarado roubado em { $at }.
verdict-lost = Este certificado foi declarado perdido em { $at }.
verdict-void = A autoridade emissora anulou este certificado em { $at }.
verdict-replaced = Este certificado foi substituído por { $by } em { $at } e já não é válido.
verdict-returned-unused = Este certificado não foi usado dentro do prazo e foi devolvido em { $at }.
verdict-detained = A mercadoria e o certificado foram retidos em { $place } no dia { $at }.
verdict-seized = A mercadoria deste certificado foi apreendida em { $place } no dia { $at }.
verdict-sent-back = A mercadoria deste certificado foi devolvida de { $place } no dia { $at }.
verdict-blank-missing = O papel com este número está em falta desde { $since } ({ $blank ->
    [lost] perdido
    [stolen] roubado
    [spoiled] inutilizado
   *[destroyed] destruído
  }); nada pode ter sido emitido nele.
verdict-outside-ranges = O número { $number } não foi atribuído a nenhum serviço para esse dia.
verdict-never-issued = O número { $number } nunca foi emitido: o registo do emissor, completo até { $complete }, não o contém.
verdict-another-registered = Outro certificado está registado com o número { $number }; não é este.
verdict-check-code-of-another = O código de controlo pertence a outro certificado e não ao número { $number }.
verdict-issuer-not-participant = { $issuer } não fazia parte do sistema em { $on }.
verdict-issuer-suspended = As exportações de { $issuer } estavam suspensas na data da assinatura, desde { $since } ({ $act }).
verdict-under-way-refused = As exportações de { $issuer } estão suspensas desde { $since } ({ $act }); as mercadorias já em trânsito devem ser recusadas.
verdict-destination-barred = { $destination } não podia receber diamantes em bruto na data da assinatura.
verdict-not-recognised = { $by } não tinha comércio com { $of } na data da assinatura ({ $act }).
verdict-under-way-hold = As exportações de { $issuer } estão suspensas desde { $since } ({ $act }); estas mercadorias já estavam em trânsito e devem ficar retidas até decisão das autoridades.
verdict-conditional = { $issuer } exporta sob condição: { $scope } ({ $act }).
verdict-receipt-does-not-fit = O segundo código não é o recibo deste certificado.
verdict-receipt-unknown-log = Nenhuma lista disponível conhece a chave do registo { $log } de onde vem o recibo.
verdict-clock-not-trusted = O relógio deste aparelho indica { $clock }, mas uma lista foi feita em { $newest }: o relógio não é de confiança.
verdict-not-yet-valid = Este certificado tem a data de { $from }, que ainda não chegou.
verdict-expired = Este certificado caducou em { $at }.
verdict-trust-too-old = As listas deste aparelho têm { $days ->
    [0] menos de um dia
    [one] { $days } dia
   *[other] { $days } dias
  } ou caducaram; com elas já nada de favorável se pode afirmar.
verdict-issued-after-list = O certificado está devidamente assinado, mas depois de feita a lista de certificados ({ $complete }).
verdict-no-status-list = O certificado está devidamente assinado, mas não há neste aparelho a lista dos certificados de { $issuer }.
verdict-receipt-missing = O certificado está devidamente assinado, mas o segundo código, o recibo, não foi lido.
verdict-receipt-damaged = O certificado está devidamente assinado, mas o segundo código, o recibo, está danificado.
verdict-trust-old = O certificado está devidamente assinado, mas as listas deste aparelho têm { $days ->
    [0] menos de um dia
    [one] { $days } dia
   *[other] { $days } dias
  }.
verdict-number-not-listed = O número { $number } não está nas listas deste aparelho; pode ter sido emitido depois delas.
verdict-only-number-checked = O número { $number } e o seu código de controlo pertencem um ao outro e estão registados; o conteúdo do certificado não foi visto.
verdict-technical = Este é um certificado técnico, para { $purpose ->
    [seized] mercadorias apreendidas
    [research] investigação
   *[return] mercadorias devolvidas
  }; não serve para uma venda.
verdict-single-officer = Um só funcionário assinou este certificado, numa emergência prevista na lei do emissor.
verdict-key-revoked-after = O certificado é válido: a sua chave foi revogada mais tarde, em { $noted }, e o registo prova que foi assinado antes.
verdict-good = O certificado é válido: diz o que a autoridade assinou e consta do registo do emissor.

age-none = Dados de confiança: nenhuns neste aparelho.
age-known = Dados de confiança de { $as_of }, com { $days ->
    [0] menos de um dia
    [one] um dia
   *[other] { $days } dias
  }.
age-untold = Dados de confiança de { $as_of }; com este relógio não se pode dizer a sua idade.

key-token = Assinado com uma chave guardada num dispositivo de segurança.
key-software = Assinado com uma chave guardada num ficheiro de computador, e não num dispositivo de segurança.

next-compare = Compare o que é mostrado com o papel, os selos e a pesagem; depois prossiga.
next-compare-and-ask = Compare o que é mostrado com o papel, os selos e a pesagem, e pergunte à autoridade emissora antes do desalfandegamento.
next-scan-first = Leia também o primeiro código.
next-scan-again = Leia de novo o código, bem plano e com boa luz, ou digite o número e o código de controlo.
next-type-again = Leia-o outra vez no papel e digite-o de novo.
next-update-lists = Obtenha listas mais recentes, pela rede ou numa memória USB, e verifique de novo; ou pergunte à autoridade emissora.
next-update-program = Peça à sua autoridade o programa mais recente.
next-set-clock = Acerte o relógio deste aparelho e verifique de novo.
next-hold = Retenha a mercadoria e o papel, e avise a sua autoridade, que perguntará à autoridade emissora. Não devolva o papel.
next-practice = Nada há a fazer: é um exercício.

fact-number = Número
fact-carats = Quilates
fact-value = Valor, US$
fact-parcels = Lotes
fact-seals = Selos
fact-from = De
fact-to = Para
fact-origin = Origem
fact-exporter = Exportador
fact-importer = Importador
fact-validated = Validado em
fact-leaves-before = Saída antes
fact-class = Posição
fact-technical = Técnico
fact-check-code = Código
fact-form = Formulário
fact-picture = Imagem
origin-mixed = mista (**)
purpose-seized = mercadorias apreendidas
purpose-research = investigação
purpose-return = mercadorias devolvidas

verify-title = Verificar um certificado
verify-lead = Leia os dois códigos, fotografe o papel, ou escreva o número e o código de controlo. Não é preciso ter conta.
verify-codes = O que o leitor lê
verify-codes-help = Ponha o cursor aqui e leia o código da esquerda, depois o da direita; ou cole os códigos.
verify-file = Imagens ou PDF
verify-file-help = Fotografias, digitalizações ou ficheiros PDF, vários de cada vez, 24 MB ao todo.
verify-typed = Número e código de controlo
verify-typed-help = Quando nada pode ser lido. Isto diz se os dois vão juntos, não o que o certificado diz.
verify-button = Verificar
verify-again = Verificar outro certificado
verify-signed = O que a autoridade assinou
verify-on-file = No registo daqui
verify-nothing-kept = Nada do que aqui se verifica fica guardado.
verify-paper-carats = Quilates no papel
verify-paper-carats-help = Facultativo, para um só certificado: o que se lê no papel é comparado com o que foi assinado.

pre-advice-subject = Pré-aviso do Processo de Kimberley: certificado { $number }, { $carats } ct
pre-advice-lead = A remessa descrita abaixo partiu. Queiram confirmar a sua chegada, ou dizer-nos o que difere.
pre-advice-codes = O certificado e o seu recibo, para verificação sem rede:
fact-issued = Emitido em
fact-left = Partiu em
