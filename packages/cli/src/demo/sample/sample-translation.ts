/** The sample letters in Spanish: what two organisers sign as a translation. Ids are those of sample-letter.ts, in its order. */
import type { TranslationEntry } from "@undersigned/core";

const BODY = `Al director general de Example Corp

Trabajamos en Example Corp, en todos los departamentos y en todas las sedes. Escribimos por *Perimeter*, la línea de negocio que
vende datos de ubicación y de movimiento a la Example Agency for Enforcement.

Entramos en una empresa que hacía mapas para que la gente encontrara su camino. Perimeter convierte los mismos datos en una
manera de encontrar a la gente. Nuestros clientes nos dieron sus trayectos para llegar antes a casa; ninguno aceptó que una agencia
pueda reproducirlos sin que un juez haya visto el caso. Algunos de nosotros construimos las piezas de las que está hecho Perimeter, y
nos dijeron que eran para semáforos.

Lo hemos preguntado por todas las vías que ofrece la empresa: en reuniones de equipo, en la asamblea de personal, en dos preguntas al
consejo de ética, que no ha respondido. Por eso preguntamos juntos, y en público.

No pedimos que la empresa deje de trabajar para organismos públicos. Las rutas de ambulancias, el arreglo de carreteras y los avisos
de inundación son trabajos de los que estamos orgullosos. Pedimos que se ponga fin a un contrato y que el próximo como este se vea
antes de firmarse.

**Cancelen Perimeter.** Abajo hay cuatro demandas, cada una con lo que la cumpliría, y un documento que dice de dónde viene cada
afirmación. Preferimos tener esta conversación dentro de la empresa. Estamos dispuestos a empezarla el día en que reciban esta carta.

*Esta carta es una muestra. Example Corp, su agencia, sus productos y todas las personas que firman son inventados.*
`;

const EARLIER_BODY = `Al director general de Example Corp

El contrato de *Perimeter* está a punto de renovarse. Lo supimos por un boletín, y no por la empresa en la que trabajamos.

Antes de que se firme nada pedimos cuatro cosas. Abajo está cada una, con lo que la cumpliría. Preguntamos dentro de la empresa y en
público a la vez, porque nuestras preguntas al consejo de ética no han tenido respuesta.

*Esta carta es una muestra. Example Corp, su agencia, sus productos y todas las personas que firman son inventados.*
`;

const DEMANDS: TranslationEntry["demands"] = [
  {
    id: "cancel",
    title: "Cancelar Perimeter",
    text: "Poner fin al contrato con la Example Agency for Enforcement en la próxima fecha que permitan sus condiciones, y no aceptar trabajo de la misma clase con otro nombre.",
    met: "La empresa anuncia el fin del contrato y su último día, y el producto se retira de la lista de precios.",
  },
  {
    id: "disclose",
    title: "Decir qué se entregó",
    text: "Publicar cuántos registros ha recibido la agencia, de cuántas personas, durante cuánto tiempo y con qué base legal; y decírselo a esas personas donde la ley lo permita.",
    met: "Un informe con estas cuatro cifras está en el sitio público de la empresa, y nombra a quien lo comprobó.",
  },
  {
    id: "review",
    title: "Mirar antes de firmar",
    text: "No firmar ningún contrato que dé a un organismo público datos sobre los movimientos de las personas sin el examen previo de un panel en el que empleados elegidos tengan la mitad de los puestos.",
    met: "El panel ha sido elegido, sus reglas están publicadas y el primer contrato ha pasado por él.",
  },
  {
    id: "no-retaliation",
    title: "No castigar a nadie",
    text: "No tomar ninguna medida contra nadie por firmar esta carta, por negarse a trabajar en Perimeter o por hablar de ello, y no intentar averiguar quién ha firmado.",
    met: "El director general lo ha dicho por escrito a todo el personal.",
  },
];

const SUPPLEMENT: TranslationEntry["supplement"] = {
  title: "Lo que decimos y de dónde viene",
  claims: [
    {
      id: "contract",
      text: "La agencia paga por Perimeter desde la primavera del año pasado, con un contrato marco que nombra datos de movimiento.",
    },
    {
      id: "purpose",
      text: "La agencia usa los registros para encontrar a personas, no para planificar el tráfico.",
    },
    {
      id: "consent",
      text: "A las personas cuyos trayectos están en los registros se les habló de previsiones de tráfico y de nada más.",
    },
    { id: "principles", text: "Los principios que la propia empresa ha publicado excluyen el contrato." },
  ],
};

export function sampleTranslation(isEarlier: boolean): TranslationEntry {
  return {
    kind: "translation",
    language: "es",
    title: isEarlier ? "Antes de que se renueve Perimeter" : "Cancelen Perimeter",
    body: isEarlier ? EARLIER_BODY : BODY,
    demands: DEMANDS,
    supplement: SUPPLEMENT,
  };
}
