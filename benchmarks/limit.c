/* How fast a study can be on one core: the work of seed_study() for nets of shape 2-4-1, in C.
 *
 *   cc -O3 -march=native -ffast-math limit.c -o limit -lm
 *   ./limit NETS SEED        prints the mean accuracy
 *
 * For each net: 2,500 points of continuous XOR with noise 0.1, first weights as of nn.Linear,
 * 100 epochs of batches of 128 in a new order, plain descent at a learning rate of 0.1 on the
 * logistic loss, and the accuracy on points spread around the four corners. The random numbers and
 * the spread points are its own. Loops over the points of a batch are what the compiler vectorises:
 * each array below is one row of them.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { POINTS = 2500, BATCH = 128, HIDDEN = 4, EPOCHS = 100, AROUND = 4096 };
static const float RATE = 0.1f, NOISE = 0.1f;

/* w1[j], w2[j], bias[j] go into hidden unit j, out[j] and out_bias into the logit. */
typedef struct {
    float w1[HIDDEN], w2[HIDDEN], bias[HIDDEN], out[HIDDEN], out_bias;
} Net;

typedef struct {
    float x1[POINTS], x2[POINTS], label[POINTS];
} Data;

static uint64_t state;

/* xorshift64 (Marsaglia 2003) */
static uint32_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32);
}

/* Above 0, below 1. */
static float uniform(void)
{
    return (next_random() >> 8) / 16777216.0f + 0x1p-25f;
}

static float uniform_within(float limit)
{
    return limit * (2 * uniform() - 1);
}

/* Box and Muller 1958 */
static float normal(void)
{
    return sqrtf(-2 * logf(uniform())) * cosf(6.2831853f * uniform());
}

static void sample(Data *data)
{
    for (int i = 0; i < POINTS; i++) {
        uint32_t bits = next_random();
        float first = bits >> 31, second = bits >> 30 & 1;
        data->x1[i] = first + NOISE * normal();
        data->x2[i] = second + NOISE * normal();
        data->label[i] = first != second;
    }
}

static void first_weights(Net *net)
{
    float in_limit = 1 / sqrtf(2), out_limit = 1 / sqrtf(HIDDEN);
    for (int j = 0; j < HIDDEN; j++) {
        net->w1[j] = uniform_within(in_limit);
        net->w2[j] = uniform_within(in_limit);
        net->bias[j] = uniform_within(in_limit);
        net->out[j] = uniform_within(out_limit);
    }
    net->out_bias = uniform_within(out_limit);
}

/* Fisher and Yates 1938 */
static void shuffle(int *order)
{
    for (int i = POINTS - 1; i > 0; i--) {
        int j = (uint64_t)next_random() * (i + 1) >> 32;
        int held = order[i];
        order[i] = order[j];
        order[j] = held;
    }
}

/* Hidden outputs and logits of n points. */
static void predict(const Net *net, const float *x1, const float *x2, int n,
                    float hidden[HIDDEN][BATCH], float *logit)
{
    for (int i = 0; i < n; i++) logit[i] = net->out_bias;
    for (int j = 0; j < HIDDEN; j++) {
        float w1 = net->w1[j], w2 = net->w2[j], bias = net->bias[j], out = net->out[j];
        for (int i = 0; i < n; i++) {
            hidden[j][i] = tanhf(w1 * x1[i] + w2 * x2[i] + bias);
            logit[i] += out * hidden[j][i];
        }
    }
}

/* One batch: predict, differentiate, update. */
static void step(Net *net, const float *x1, const float *x2, const float *label, int n)
{
    static float hidden[HIDDEN][BATCH], delta[BATCH];
    float rate = RATE / n, sum = 0;
    predict(net, x1, x2, n, hidden, delta);
    for (int i = 0; i < n; i++) { /* the sigmoid, less the label */
        delta[i] = 0.5f + 0.5f * tanhf(0.5f * delta[i]) - label[i];
        sum += delta[i];
    }
    net->out_bias -= rate * sum;
    for (int j = 0; j < HIDDEN; j++) {
        float out = net->out[j], by_out = 0, by_w1 = 0, by_w2 = 0, by_bias = 0;
        for (int i = 0; i < n; i++) {
            float value = hidden[j][i], back = delta[i] * out * (1 - value * value);
            by_out += delta[i] * value;
            by_w1 += back * x1[i];
            by_w2 += back * x2[i];
            by_bias += back;
        }
        net->out[j] -= rate * by_out;
        net->w1[j] -= rate * by_w1;
        net->w2[j] -= rate * by_w2;
        net->bias[j] -= rate * by_bias;
    }
}

static void train(Net *net, const Data *data)
{
    static float x1[BATCH], x2[BATCH], label[BATCH];
    static int order[POINTS];
    for (int i = 0; i < POINTS; i++) order[i] = i;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        shuffle(order);
        for (int start = 0; start < POINTS; start += BATCH) {
            int n = POINTS - start < BATCH ? POINTS - start : BATCH;
            for (int i = 0; i < n; i++) {
                int point = order[start + i];
                x1[i] = data->x1[point];
                x2[i] = data->x2[point];
                label[i] = data->label[point];
            }
            step(net, x1, x2, label, n);
        }
    }
}

/* The share of points around the corners that the net classifies correctly. */
static double judge(const Net *net, const float *noise1, const float *noise2)
{
    static float hidden[HIDDEN][BATCH], x1[BATCH], x2[BATCH], logit[BATCH];
    int correct = 0;
    for (int corner = 0; corner < 4; corner++) {
        int first = corner >> 1, second = corner & 1;
        for (int start = 0; start < AROUND; start += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                x1[i] = first + noise1[start + i];
                x2[i] = second + noise2[start + i];
            }
            predict(net, x1, x2, BATCH, hidden, logit);
            for (int i = 0; i < BATCH; i++) correct += (logit[i] >= 0) == (first != second);
        }
    }
    return correct / (4.0 * AROUND);
}

int main(int count, char **arguments)
{
    static Data data;
    static float noise1[AROUND], noise2[AROUND];
    int nets = count > 1 ? atoi(arguments[1]) : 100;
    double sum = 0;
    state = 0x9E3779B97F4A7C15u * (count > 2 ? strtoull(arguments[2], NULL, 10) + 1 : 1);
    for (int i = 0; i < AROUND; i++) {
        noise1[i] = NOISE * normal();
        noise2[i] = NOISE * normal();
    }
    for (int k = 0; k < nets; k++) {
        Net net;
        sample(&data);
        first_weights(&net);
        train(&net, &data);
        sum += judge(&net, noise1, noise2);
    }
    printf("%.6f\n", sum / nets);
    return 0;
}
